using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Resources;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using HelpdeskMail.App.Components.Pages.Account;
using HelpdeskMail.App.Jobs;
using HelpdeskMail.App.Resources;
using HelpdeskMail.Core.Alerts;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.Confirmations;
using HelpdeskMail.Core.Departments;
using HelpdeskMail.Core.Discovery;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Mailboxes;
using HelpdeskMail.Core.Outbound;
using HelpdeskMail.Core.Replay;
using HelpdeskMail.Core.Routing.Addresses;
using HelpdeskMail.Core.Routing.Filters;
using HelpdeskMail.Core.Routing.Loops;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Xunit;

namespace HelpdeskMail.Tests.App.Components;

public sealed partial class TextsTests
{
    private static readonly string Sources = Path.GetFullPath(Path.Combine(Here(), "../../../HelpdeskMail.App/Components"));

    public static TheoryData<string> Components() => [.. Directory.EnumerateFiles(Sources, "*.razor", SearchOption.AllDirectories)
        .Where(file => Injection().IsMatch(File.ReadAllText(file)))
        .Select(file => Path.GetRelativePath(Sources, file))];

    [Theory]
    [MemberData(nameof(Components))]
    public void Component_UsesOnlyTextsThatExist(string component)
    {
        var markup = File.ReadAllText(Path.Combine(Sources, component));
        var logic = Path.Combine(Sources, component + ".cs");
        var source = File.Exists(logic) ? markup + File.ReadAllText(logic) : markup;
        foreach (Match injection in Injection().Matches(markup))
        {
            var keys = KeysOf(injection.Groups["texts"].Value);
            var used = new Regex($"""(?<![\w.]){injection.Groups["name"].Value}\[(?<dynamic>\$?)"(?<key>[^"]+)"[,\]]""", RegexOptions.None, TimeSpan.FromSeconds(5)).Matches(source);
            Assert.All(used, use => Assert.True(
                use.Groups["dynamic"].Length == 0 ? keys.Contains(use.Groups["key"].Value) : keys.Any(key => key.StartsWith(use.Groups["key"].Value.Split('{')[0], StringComparison.Ordinal)),
                $"{injection.Groups["texts"].Value} has no text “{use.Groups["key"].Value}”"));
        }
    }

    [Theory]
    [InlineData(nameof(MailboxTexts), "State.", typeof(MailboxState))]
    [InlineData(nameof(MailboxTexts), "Validity.", typeof(Validity))]
    [InlineData(nameof(MailboxTexts), "Protocol.", typeof(MailboxProtocol))]
    [InlineData(nameof(MailboxTexts), "Encryption.", typeof(Encryption))]
    [InlineData(nameof(MailboxTexts), "AfterFetch.", typeof(AfterFetch))]
    [InlineData(nameof(MailboxTexts), "Dispatch.", typeof(DispatchMode))]
    [InlineData(nameof(OutboundTexts), "Encryption.", typeof(Encryption))]
    [InlineData(nameof(SharedTexts), "Encryption.", typeof(Encryption))]
    [InlineData(nameof(SharedTexts), "Service.", typeof(MailService))]
    [InlineData(nameof(SharedTexts), "Discover.", typeof(DiscoverySource))]
    [InlineData(nameof(DepartmentTexts), "Policy.", typeof(ClosedTicketPolicy))]
    [InlineData(nameof(AddressTexts), "WhoMayWrite.", typeof(WhoMayWrite))]
    [InlineData(nameof(AddressTexts), "Validity.", typeof(Validity))]
    [InlineData(nameof(TicketTexts), "State.", typeof(TicketState))]
    [InlineData(nameof(TicketTexts), "Priority.", typeof(TicketPriority))]
    [InlineData(nameof(TicketTexts), "Delivery.", typeof(OutboxState))]
    [InlineData(nameof(CommunicationTexts), "Status.", typeof(CommunicationStatus))]
    [InlineData(nameof(CommunicationTexts), "Kind.", typeof(CommunicationKind))]
    [InlineData(nameof(CommunicationTexts), "Direction.", typeof(CommunicationDirection))]
    [InlineData(nameof(CommunicationTexts), "Level.", typeof(LogLevels))]
    [InlineData(nameof(FilterTexts), "Op.", typeof(FilterOperator))]
    [InlineData(nameof(FilterTexts), "Not.", typeof(FilterOperator))]
    [InlineData(nameof(FilterTexts), "Match.", typeof(FilterMatch))]
    [InlineData(nameof(FilterTexts), "Advice.", typeof(FilterAdviceKind))]
    [InlineData(nameof(FilterTexts), "Would.", typeof(TrialEffect))]
    [InlineData(nameof(FilterTexts), "Effect.", typeof(TrialEffect))]
    [InlineData(nameof(ExplainTexts), "Kind.", typeof(DecisionKind))]
    [InlineData(nameof(ExplainTexts), "Reason.", typeof(DecisionReason))]
    [InlineData(nameof(AlertTexts), "Kind.", typeof(AlertKind))]
    [InlineData(nameof(ConfirmationTexts), "State.", typeof(ConfirmationState))]
    [InlineData(nameof(ReplayTexts), "Effect.", typeof(ReplayEffect))]
    [InlineData(nameof(LoopTexts), "State.", typeof(LoopState))]
    [InlineData(nameof(LoopTexts), "Now.", typeof(LoopState))]
    [InlineData(nameof(JobTexts), "Kind.", typeof(JobKind))]
    [InlineData(nameof(JobTexts), "Result.", typeof(JobResult))]
    public void EveryValueOfAnEnumHasItsText(string texts, string prefix, Type values)
    {
        var keys = KeysOf(texts);
        Assert.All(Enum.GetNames(values), name => Assert.Contains(prefix + name, keys));
    }

    [Fact]
    public void EveryParameterHasANameOnTheSettingsPage()
    {
        var keys = KeysOf(nameof(SettingTexts));
        Assert.All(Parameters.All, parameter => Assert.Contains("Name." + parameter.Key, keys));
    }

    [Theory]
    [InlineData(typeof(LoginInput))]
    [InlineData(typeof(PasswordInput))]
    [InlineData(typeof(ClaimInput))]
    public void EveryRuleOfAnAccountPageHasItsText(Type input)
    {
        var keys = KeysOf(nameof(AccountTexts));
        Assert.All(input.GetProperties().SelectMany(property => property.GetCustomAttributes<ValidationAttribute>()), rule => Assert.Contains(rule.ErrorMessage ?? "", keys));
    }

    private static HashSet<string> KeysOf(string texts)
    {
        var type = typeof(MailboxTexts).Assembly.GetType($"HelpdeskMail.App.Resources.{texts}", throwOnError: true)!;
        var set = new ResourceManager(type).GetResourceSet(CultureInfo.InvariantCulture, createIfNotExists: true, tryParents: true)!;
        return [.. set.Cast<System.Collections.DictionaryEntry>().Select(entry => (string)entry.Key)];
    }

    [GeneratedRegex(@"@inject IStringLocalizer<(?<texts>\w+)> (?<name>\w+)", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Injection();

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
