using Microsoft.EntityFrameworkCore;

namespace HelpdeskMail.Core.Data;

/// <summary>Runs a form's check-and-apply and saves it, all in one short context.</summary>
internal static class Saving
{
    /// <param name="contexts">Where the context comes from.</param>
    /// <param name="apply">Checks and changes the context; gives the id, to be read once saved, or null when it found faults.</param>
    public static async Task<Outcome<long>> RunAsync(IDbContextFactory<HelpdeskDb> contexts, Func<HelpdeskDb, Faults, Task<Func<long>?>> apply, CancellationToken cancel)
    {
        await using var db = await contexts.CreateDbContextAsync(cancel);
        return await RunAsync(db, faults => apply(db, faults), cancel);
    }

    public static async Task<Outcome<long>> RunAsync(HelpdeskDb db, Func<Faults, Task<Func<long>?>> apply, CancellationToken cancel)
    {
        var faults = new Faults();
        var id = await apply(faults);
        if (id is null || faults.Any) return faults;
        try
        {
            await db.SaveChangesAsync(cancel);
        }
        catch (DbUpdateException error) when (DatabaseFault.IsUniqueViolation(error))
        {
            return Faults.Of("name", "Somebody else has just used this name.");
        }
        catch (DbUpdateException error) when (error is DbUpdateConcurrencyException || DatabaseFault.IsReferenceViolation(error))
        {
            return Faults.Of("", "Somebody else has just removed this, or something that it refers to. Load the page again.");
        }
        return id();
    }
}
