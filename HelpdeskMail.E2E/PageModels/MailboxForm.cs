using HelpdeskMail.E2E.Fixtures;

namespace HelpdeskMail.E2E.PageModels;

/// <summary>Adding or editing a mailbox.</summary>
internal sealed class MailboxForm(Visitor visitor)
{
    private readonly Form _form = new(visitor.Page);

    public ConnectionTest Test { get; } = new(visitor.Page);

    public Task OpenNewAsync() => visitor.GoAsync("/mailboxes/new");

    public Task ChooseProviderAsync(string provider) => _form.ChooseAsync("provider", provider);

    public Task ExpectAsync(string field, string value) => _form.ExpectAsync(field, value);

    public async Task FillAccountAsync(RigUser user, string queue)
    {
        await _form.FillAsync("address", user.Address);
        await _form.FillAsync("password", user.Password);
        await _form.ChooseAsync("queue", queue);
    }

    public async Task FillServerAsync(string host, string encryption, int port)
    {
        await _form.FillAsync("host", host);
        await _form.ChooseAsync("encryption", encryption);
        await _form.FillAsync("port", port.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    public Task FillAsync(string field, string value) => _form.FillAsync(field, value);

    public Task ChooseAsync(string field, string option) => _form.ChooseAsync(field, option);

    public Task StartTestAsync() => _form.PressAsync("Test connection");

    /// <summary>Saves and waits until the form is left.</summary>
    public async Task SaveAsync()
    {
        var here = visitor.Page.Url;
        await _form.PressAsync("Save");
        await visitor.Page.WaitForURLAsync(url => url != here);
    }
}
