using System.Collections.Concurrent;
using Bunit;
using HelpdeskMail.App.Components.Pages.Mailboxes;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.App.Components.Mailboxes;

public sealed class FetchNowTests
{
    [Fact]
    public async Task MailboxThatAnotherWorkerHas_IsLookedAtAsSoonAsItIsFree()
    {
        await using var portal = await PortalContext.StartAsync();
        var id = await MailboxFormTests.SavedAsync(portal);
        var views = new ConcurrentQueue<FetchView>();
        var other = await MailboxLease.TakeAsync(portal.Get<IDbContextFactory<HelpdeskDb>>(), TimeProvider.System, id, default);
        var button = portal.Render<FetchNow>(parameters => parameters.Add(p => p.MailboxId, id).Add(p => p.Name, "support").Add(p => p.Changed, EventCallback.Factory.Create<FetchView>(this, views.Enqueue)));

        var click = button.Find("button").ClickAsync(new());
        await Eventually.TrueAsync(() => views.Any(view => view is { Running: true, Busy: true }), TimeSpan.FromSeconds(20), "says that it waits");
        Assert.False(click.IsCompleted);
        await other!.DisposeAsync();

        await click.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.True(views.Last() is { Running: false, Busy: false, Result: not null });
    }
}
