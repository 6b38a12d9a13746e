using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

/// <summary>Removes one row that nothing uses.</summary>
internal static class Removing
{
    /// <param name="contexts">Where the context comes from.</param>
    /// <param name="what">What it is called in a fault.</param>
    /// <param name="find">Finds the row and adds a fault for everything that uses it.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static async Task<Outcome<bool>> RunAsync(IDbContextFactory<HelpdeskDb> contexts, string what, Func<HelpdeskDb, Faults, Task<object?>> find, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        var faults = new Faults();
        var row = await find(db, faults);
        if (row is null) return Faults.Of("id", $"This {what} is not there any more.");
        if (faults.Any) return faults;
        db.Remove(row);
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (DatabaseFault.IsReferenceViolation(error))
        {
            return Faults.Of("", $"Something has just begun to use this {what}.");
        }
        catch (DbUpdateConcurrencyException)
        {
            return Faults.Of("id", $"This {what} is not there any more.");
        }
        return true;
    }
}
