using HelpdeskMail.E2E.Fixtures;
using Microsoft.Playwright;

namespace HelpdeskMail.E2E.PageModels;

/// <summary>The pages outside the portal: claiming and logging in.</summary>
internal static class AccountPages
{
    public static async Task ClaimAsync(Visitor visitor, string link, string name, string email, string password)
    {
        var page = visitor.Page;
        await page.GotoAsync(link);
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("E-mail address").FillAsync(email);
        await page.Locator("#password").FillAsync(password);
        await page.GetByLabel("The same password again").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create administrator" }).ClickAsync();
        await visitor.InteractiveAsync();
    }
}
