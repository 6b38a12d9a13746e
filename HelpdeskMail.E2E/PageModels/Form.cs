using Microsoft.Playwright;

namespace HelpdeskMail.E2E.PageModels;

/// <summary>A form of the portal: a field's name is the id of its control.</summary>
internal sealed class Form(IPage page)
{
    public async Task FillAsync(string name, string value)
    {
        var field = Field(name);
        await field.FillAsync(value);
        await field.BlurAsync(); // the server hears of a value when its field is left
    }

    public Task ChooseAsync(string name, string option) => Field(name).SelectOptionAsync(new SelectOptionValue { Label = option });

    public Task CheckAsync(string name) => Field(name).CheckAsync();

    /// <summary>Waits until the server has filled the field in.</summary>
    public Task ExpectAsync(string name, string value) => Assertions.Expect(Field(name)).ToHaveValueAsync(value);

    public Task PressAsync(string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private ILocator Field(string name) => page.Locator($"main [id='{name}'], [role=dialog] [id='{name}']");
}
