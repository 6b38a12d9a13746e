using Bunit;
using HelpdeskMail.App.Components.Pages.Departments;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Tests.App.Components.Mailboxes;
using Radzen;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Departments;

public sealed class DepartmentsPageTests
{
    [Fact]
    public async Task Queue_AddedInPlace_StandsWithItsDepartment()
    {
        await using var portal = await PortalContext.StartAsync();
        await portal.Get<DepartmentEditor>().SaveDepartmentAsync(new DepartmentDraft { Name = "Sales" });
        var page = portal.Render<DepartmentsPage>();
        await page.WaitForElement("[aria-label='Add queue to Sales']").ClickAsync(new());
        page.Find("#queueName").Change("Offers");
        await page.Find("[aria-label='Colour #43a047']").ClickAsync(new());
        await page.Find("form").SubmitAsync();

        page.WaitForElement("tr[data-queue=Offers]");
        var queue = Assert.Single((await portal.Get<DepartmentDirectory>().ListAsync())[0].Queues);
        Assert.Equal(("Offers", "#43a047"), (queue.Name, queue.Color));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public async Task QueueInUse_IsNotRemoved_AndItSaysByWhat()
    {
        await using var portal = await PortalContext.StartAsync();
        await MailboxFormTests.SavedAsync(portal);
        var page = portal.Render<DepartmentsPage>();
        var click = page.WaitForElement("tr[data-queue=support] [aria-label='Remove support']").ClickAsync(new());
        await page.InvokeAsync(() => portal.Get<DialogService>().Close(true)); // "Remove" in the dialog
        await click.WaitAsync(TimeSpan.FromSeconds(20));
        page.WaitForAssertion(() => Assert.Contains("support can't be removed", page.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Contains("default queue of: support", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }
}
