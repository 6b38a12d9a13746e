using System.Text.Json.Nodes;
using HelpdeskMail.Core.Outbound;

namespace HelpdeskMail.Core.Configuration;

/// <summary>An item of "outboundAccounts".</summary>
internal static class OutboundAccountSection
{
    public static JsonNode Write(OutboundAccount account) => new JsonObject
    {
        ["name"] = account.Name,
        ["address"] = account.Address,
        ["displayName"] = account.DisplayName,
        ["host"] = account.Host,
        ["port"] = account.Port,
        ["encryption"] = JsonFields.Name(account.Encryption),
        ["userName"] = account.UserName,
        ["pinnedCertificate"] = account.PinnedCertificate,
    };

    public static void Read(JsonFields fields, OutboundAccountDraft draft)
    {
        fields.Text("name", value => draft.Name = value);
        fields.Text("address", value => draft.Address = value);
        fields.Text("displayName", value => draft.DisplayName = value);
        fields.Text("host", value => draft.Host = value);
        fields.Number("port", value => draft.Port = value);
        fields.Choice<Mailboxes.Encryption>("encryption", value => draft.Encryption = value);
        fields.TextOrNull("password", value => (draft.Password, draft.Authenticate) = (value, draft.Authenticate || value is not null));
        fields.TextOrNull("userName", value => (draft.UserName, draft.Authenticate) = (value ?? "", value is not null));
        fields.TextOrNull("pinnedCertificate", value => draft.PinnedCertificate = value);
        fields.End();
    }
}
