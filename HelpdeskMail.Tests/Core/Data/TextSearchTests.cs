using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace HelpdeskMail.Tests.Core.Data;

public sealed class TextSearchTests
{
    [Theory, OnSqlite, OnPostgres]
    public async Task Contains_AnyCaseAndAnyLetter_IsFound(DatabaseProvider provider)
    {
        await using var helpdesk = await TestHelpdesk.StartAsync(provider);
        await AddAsync(helpdesk, "Jörg MÜLLER", "Пётр Иванов", "100% sure_[x]", @"back\slash");

        Assert.Equal("Jörg MÜLLER", await FindAsync(helpdesk, "jÖrg müll"));
        Assert.Equal("Пётр Иванов", await FindAsync(helpdesk, "ИВАНОВ"));
        Assert.Equal("100% sure_[x]", await FindAsync(helpdesk, "0% SURE_[X"));
        Assert.Equal(@"back\slash", await FindAsync(helpdesk, @"K\S"));
        Assert.Equal("", await FindAsync(helpdesk, "0_"));
        Assert.Equal("", await FindAsync(helpdesk, "J%g"));
    }

    [Fact]
    public void Contains_OnSqlServer_IsOneExpression()
    {
        using var db = new SqlServerDesign().CreateDbContext([]);
        var words = "abc";

        var sql = db.Customers.Where(customer => TextSearch.Contains(customer.Name, words)).ToQueryString();

        Assert.Contains("CHARINDEX(LOWER(@words), LOWER([c].[Name])) > 0", sql, StringComparison.Ordinal);
    }

    private static async Task AddAsync(TestHelpdesk helpdesk, params string[] names)
    {
        await using var db = helpdesk.Db();
        db.Customers.AddRange(names.Select((name, index) => new Customer { Name = name, Address = $"{index}@example.org" }));
        await db.SaveChangesAsync();
    }

    private static async Task<string> FindAsync(TestHelpdesk helpdesk, string words)
    {
        await using var db = helpdesk.Db();
        return string.Join(", ", await db.Customers.Where(customer => TextSearch.Contains(customer.Name, words)).Select(customer => customer.Name).ToListAsync());
    }
}
