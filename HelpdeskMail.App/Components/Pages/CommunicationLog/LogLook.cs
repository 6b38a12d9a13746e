using System.Globalization;
using HelpdeskMail.Core.CommunicationLog;

namespace HelpdeskMail.App.Components.Pages.CommunicationLog;

/// <summary>Symbols and colours of the log; the words beside them say the same.</summary>
internal static class LogLook
{
    public static string? Of(CommunicationStatus status) => status switch
    {
        CommunicationStatus.Processing => "state-busy",
        CommunicationStatus.Successful => "state-ok",
        CommunicationStatus.Warning => "state-warn",
        _ => "state-bad",
    };

    public static string Symbol(CommunicationStatus status) => status switch
    {
        CommunicationStatus.Processing => "sync",
        CommunicationStatus.Successful => "check_circle",
        CommunicationStatus.Warning => "warning",
        _ => "error",
    };

    public static string? Of(LogLevels level) => level switch
    {
        LogLevels.Error => "state-bad",
        LogLevels.Warning => "state-warn",
        LogLevels.Notice => "state-busy",
        _ => null,
    };

    public static string Symbol(LogLevels level) => level switch
    {
        LogLevels.Error => "error",
        LogLevels.Warning => "warning",
        LogLevels.Notice => "info",
        LogLevels.Info => "chevron_right",
        _ => "code",
    };

    public static string Symbol(CommunicationKind kind, CommunicationDirection direction) =>
        kind == CommunicationKind.Connection ? "lan" : direction == CommunicationDirection.Incoming ? "call_received" : "call_made";

    /// <summary>"350 ms", "2.4 s", "3 min 12 s".</summary>
    public static string Duration(double? milliseconds) => milliseconds switch
    {
        null => "",
        < 1000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds:0} ms"),
        < 60_000 => string.Create(CultureInfo.CurrentCulture, $"{milliseconds / 1000:0.0} s"),
        _ => string.Create(CultureInfo.CurrentCulture, $"{Math.Floor(milliseconds.Value / 60_000):0} min {milliseconds.Value % 60_000 / 1000:0} s"),
    };
}
