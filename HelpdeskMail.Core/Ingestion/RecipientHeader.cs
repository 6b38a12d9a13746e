namespace HelpdeskMail.Core.Ingestion;

/// <summary>Where a recipient stands in a mail, in the order in which routing looks (P9).</summary>
internal enum RecipientHeader
{
    /// <summary>Delivered-To, X-Original-To or Envelope-To, written by the last server.</summary>
    DeliveredTo,
    To,
    Cc,
}
