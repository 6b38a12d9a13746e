using System.Globalization;
using System.Text.Json.Nodes;

namespace HelpdeskMail.Core.Settings;

/// <summary>A whole number within bounds.</summary>
public sealed class NumberParameter(string key, int standard, int least, int most, string description) : Parameter<int>(key, description)
{
    public override string DefaultText => standard.ToString(CultureInfo.InvariantCulture);

    internal override string? Check(string text, out string tidy)
    {
        var good = int.TryParse(text, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most;
        tidy = number.ToString(CultureInfo.InvariantCulture);
        return good ? null : $"Must be a whole number between {least} and {most}.";
    }

    internal override JsonNode ToJson(string text) => Read(text);

    internal override int Read(string? text) => text is not null && Check(text, out var tidy) is null ? int.Parse(tidy, CultureInfo.InvariantCulture) : standard;
}
