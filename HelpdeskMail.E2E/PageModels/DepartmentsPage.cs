using HelpdeskMail.E2E.Fixtures;
using Microsoft.Playwright;

namespace HelpdeskMail.E2E.PageModels;

internal sealed class DepartmentsPage(Visitor visitor)
{
    private readonly Form _form = new(visitor.Page);

    public async Task AddAsync(string department, string queue)
    {
        await visitor.GoAsync("/departments");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Add department" }).First.ClickAsync();
        await _form.FillAsync("name", department);
        await _form.PressAsync("Save");

        var card = visitor.Page.Locator($"[data-department='{department}']");
        await card.Locator("button", new() { HasText = "Add queue" }).ClickAsync();
        await _form.FillAsync("queueName", queue);
        await _form.PressAsync("Save");
        await card.Locator($"[data-queue='{queue}']").WaitForAsync();
    }
}
