using System.Globalization;
using HelpdeskMail.E2E.Fixtures;

namespace HelpdeskMail.E2E.PageModels;

internal sealed class OutboundAccountForm(Visitor visitor)
{
    private readonly Form _form = new(visitor.Page);

    public ConnectionTest Test { get; } = new(visitor.Page);

    public Task OpenNewAsync() => visitor.GoAsync("/outbound-accounts/new");

    public async Task FillAsync(RigUser user, string displayName, string encryption, int port)
    {
        await _form.FillAsync("address", user.Address);
        await _form.FillAsync("displayName", displayName);
        await _form.FillAsync("name", "support-smtp");
        await _form.FillAsync("host", MailRig.Host);
        await _form.ChooseAsync("encryption", encryption);
        await _form.FillAsync("port", port.ToString(CultureInfo.InvariantCulture));
        await _form.FillAsync("userName", user.Address);
        await _form.FillAsync("password", user.Password);
    }

    public Task MakeGlobalAsync() => _form.CheckAsync("isGlobal");

    public Task StartTestAsync() => _form.PressAsync("Send test mail");

    /// <summary>Saves and waits until the form is left.</summary>
    public async Task SaveAsync()
    {
        var here = visitor.Page.Url;
        await _form.PressAsync("Save");
        await visitor.Page.WaitForURLAsync(url => url != here);
    }
}
