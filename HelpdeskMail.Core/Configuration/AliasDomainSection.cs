using System.Text.Json.Nodes;
using HelpdeskMail.Core.Routing.Addresses;

namespace HelpdeskMail.Core.Configuration;

/// <summary>An item of "aliasDomains".</summary>
internal static class AliasDomainSection
{
    public static JsonNode Write(AliasDomain domain) => new JsonObject
    {
        ["domain"] = domain.Domain,
        ["catchall"] = domain.Catchall,
        ["bounce"] = domain.Bounce,
        ["companyAddress"] = domain.CompanyAddress,
        ["default"] = domain.IsDefault,
    };

    public static void Read(JsonFields fields, AliasDomainDraft draft)
    {
        fields.Text("domain", value => draft.Domain = value);
        fields.Text("catchall", value => draft.Catchall = value);
        fields.Text("bounce", value => draft.Bounce = value);
        fields.TextOrNull("companyAddress", value => draft.CompanyAddress = value);
        fields.Flag("default", value => draft.IsDefault = value);
        fields.End();
    }
}
