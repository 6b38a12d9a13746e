using Bunit;
using HelpdeskMail.App.Components.Pages.Account;
using HelpdeskMail.Core.Departments;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Account;

public sealed class NotificationsPageTests
{
    [Fact]
    public async Task What_is_chosen_is_saved_for_the_viewer()
    {
        await using var test = await PageTest.StartAsync();
        await using (var db = test.Db())
        {
            db.Users.Add(new() { Id = PageTest.Me, UserName = "ada@helpdesk.test", Email = "ada@helpdesk.test" });
            db.Departments.Add(new Department { Name = "Sales" });
            await db.SaveChangesAsync();
        }
        var page = test.Render<NotificationsPage>();
        await page.WaitForElement("#messages").ChangeAsync(new ChangeEventArgs { Value = true });
        await page.Find("#department-1").ChangeAsync(new ChangeEventArgs { Value = true });

        await page.Find("form").SubmitAsync();

        await using var after = test.Db();
        var user = await after.Users.SingleAsync();
        Assert.True(user is { NotifyMessages: true, NotifyNotes: false, NotifyDepartments: [1] });
    }
}
