using HelpdeskMail.Core.Fetching;

namespace HelpdeskMail.App.Components.Pages.Ledger;

/// <summary>Symbols and colours of the ledger; the words beside them say the same.</summary>
internal static class LedgerLook
{
    public static string? Of(LedgerState state) => state switch
    {
        LedgerState.Seen or LedgerState.Stored => "state-busy",
        LedgerState.Decided or LedgerState.Acknowledged => "state-ok",
        LedgerState.Quarantined => "state-bad",
        LedgerState.Skipped or _ => null,
    };

    public static string Symbol(LedgerState state) => state switch
    {
        LedgerState.Seen => "visibility",
        LedgerState.Stored => "save",
        LedgerState.Decided => "check",
        LedgerState.Acknowledged => "done_all",
        LedgerState.Quarantined => "front_hand",
        LedgerState.Skipped or _ => "redo",
    };

    /// <summary>Differences that somebody should look at; the others explain themselves.</summary>
    public static bool IsGrave(LedgerDifferenceKind kind) => kind is LedgerDifferenceKind.WaitingGone or LedgerDifferenceKind.QuarantinedGone or LedgerDifferenceKind.StillThere;
}
