using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;

namespace HelpdeskMail.Tests;

/// <summary>The token introspection endpoint (RFC 7662) that Dovecot asks about XOAUTH2 and OAUTHBEARER tokens.</summary>
internal sealed class OAuthIntrospection : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentDictionary<string, string> _addressOfToken = new(StringComparer.Ordinal);

    public OAuthIntrospection(int port)
    {
        _listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        _listener.Start();
        _ = ServeAsync();
    }

    public void Accept(string token, string address) => _addressOfToken[token] = address;

    public void Revoke(string token) => _addressOfToken.TryRemove(token, out _);

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return; // closed
            }
            using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
            var token = System.Web.HttpUtility.ParseQueryString(await reader.ReadToEndAsync())["token"] ?? "";
            var known = _addressOfToken.TryGetValue(token, out var address);
            object answer = known ? new { active = true, email = address, scope = "imap", exp = 4102444800L } : new { active = false };
            context.Response.ContentType = "application/json";
            await context.Response.OutputStream.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(answer));
            context.Response.Close();
        }
    }
}
