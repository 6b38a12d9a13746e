using HelpdeskMail.Core.Ingestion;

namespace HelpdeskMail.Core.Deliveries;

/// <summary>What is said of reports in traces and decisions.</summary>
internal static class ReportWords
{
    public static string Address(string address) => address.Length > 0 ? address : "an address that it doesn't name";

    public static string Kind(NewsKind kind, bool capital = false)
    {
        var words = kind switch
        {
            NewsKind.Failed => "a delivery failure",
            NewsKind.Delayed => "a delivery that takes longer",
            NewsKind.Relayed => "a mail passed on",
            NewsKind.Delivered => "a delivery",
            NewsKind.Expanded => "a delivery to a list",
            NewsKind.Read => "a read receipt",
            NewsKind.Deleted => "a receipt of deletion",
            NewsKind.Processed => "a receipt",
            NewsKind.Complaint => "a complaint",
            _ => throw new InvalidOperationException($"Unknown kind {kind}."),
        };
        return capital ? char.ToUpperInvariant(words[0]) + words[1..] : words;
    }

    public static DecisionReason Reason(NewsKind kind) => kind switch
    {
        NewsKind.Failed => DecisionReason.DeliveryReport,
        NewsKind.Delayed => DecisionReason.DeliveryDelayed,
        NewsKind.Relayed or NewsKind.Delivered or NewsKind.Expanded => DecisionReason.DeliveryConfirmed,
        NewsKind.Read or NewsKind.Deleted or NewsKind.Processed => DecisionReason.ReadReceipt,
        NewsKind.Complaint => DecisionReason.AbuseReport,
        _ => throw new InvalidOperationException($"Unknown kind {kind}."),
    };

    public static string Sentence(HeardNews news, string whom, SentMail original)
    {
        var name = char.ToUpperInvariant(original.Name[0]) + original.Name[1..];
        return news.Kind switch
        {
            NewsKind.Failed => $"{name} could not be delivered to {whom}.{(news.Cause is { } cause ? $" {cause}" : "")}",
            NewsKind.Delayed => $"{name} has not reached {whom} yet; the server goes on trying.{(news.Cause is { } cause ? $" {cause}" : "")}",
            NewsKind.Relayed => $"{name} was passed on towards {whom}; further reports are not to be expected.",
            NewsKind.Delivered => $"{name} was delivered to {whom}.",
            NewsKind.Expanded => $"{name} was delivered to {whom}, which stands for several addresses.",
            NewsKind.Read => $"{name} was shown to {whom}.",
            NewsKind.Deleted => $"{name} was deleted by {whom}, perhaps unread.",
            NewsKind.Processed => $"{name} was dealt with by a program of {whom}.",
            NewsKind.Complaint => $"{name} is called abuse by {whom}.",
            _ => throw new InvalidOperationException($"Unknown kind {news.Kind}."),
        };
    }
}
