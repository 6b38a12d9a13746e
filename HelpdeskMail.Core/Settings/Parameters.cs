using HelpdeskMail.Core.Routing;

namespace HelpdeskMail.Core.Settings;

/// <summary>The parameters there are.</summary>
public static class Parameters
{
    public static NumberParameter LoopThreshold { get; } = new("mail.gateway.loop.threshold", 20, 1, 100_000,
        "How many records one sender may create within the loop guard's time; more are held back.");

    public static NumberParameter LoopMinutes { get; } = new("mail.gateway.loop.minutes", 120, 1, 44_640,
        "The loop guard's time, in minutes.");

    public static SendersParameter LoopAllowed { get; } = new("mail.gateway.loop.allowed",
        "Senders that the loop guard never stops: addresses, or domains with a leading @, separated by commas.");

    public static DomainsParameter CatchallDomains { get; } = new("mail.catchall.domain.allowed",
        "Domains in which aliases match, separated by commas. Empty: the alias domains.");

    public static FlagParameter FollowReferences { get; } = new("mail.followup.references", true,
        "A mail that names a message of a ticket (In-Reply-To, References) goes to that ticket.");

    public static FlagParameter FollowSignature { get; } = new("mail.followup.signature", true,
        "A mail that names a message id signed by us goes to the ticket it was signed for, also where a relay has changed the id.");

    public static FlagParameter FollowTag { get; } = new("mail.followup.tag", true,
        "A mail to a reply address with our tag (support+t12-…) goes to the tag's ticket.");

    public static FlagParameter FollowSubject { get; } = new("mail.followup.subject", true,
        "A mail with a ticket's number in its subject goes to that ticket, if its sender takes part in it.");

    public static FlagParameter TagReplyAddress { get; } = new("mail.reply.tag", false,
        "Put a tag into the reply address of what we send. Only for servers that deliver support+anything@ to support@.");

    public static ChoiceParameter<ReplyToPolicy> ReplyTo { get; } = new("mail.replyto", ReplyToPolicy.SameDomain,
        "Whether Reply-To makes somebody else the author of a mail: ignore (never), sameDomain (within the author's domain, and where the author is a no-reply address or one of ours, as web forms have it) or use (always). A mailbox may say otherwise.");

    public static FlagParameter AgentsAnswer { get; } = new("mail.agents.answer", true,
        "An agent's answer to a notification goes to the customer, from the ticket's address and without the quotation. Off: such answers are held in quarantine.");

    public static FlagParameter AgentsForward { get; } = new("mail.agents.forward", true,
        "A mail that an agent forwards to one of our addresses becomes a ticket of who wrote the original; the agent's words above it become a note.");

    public static LanguageParameter NoticeLanguage { get; } = new("notices.language", "en",
        "Language of notices to people whose mail names none that there is a wording in, such as en or de.");

    public static FlagParameter AlertMail { get; } = new("alerts.mail", true,
        "Administrators are told by mail, too, when a mailbox stays in error and when it works again, when a sender is stopped, and when a provider wants something confirmed. Needs the global account.");

    public static IReadOnlyList<Parameter> All { get; } =
        [LoopThreshold, LoopMinutes, LoopAllowed, CatchallDomains, FollowReferences, FollowSignature, FollowTag, FollowSubject, TagReplyAddress, ReplyTo, AgentsAnswer, AgentsForward, NoticeLanguage, AlertMail];

    public static Parameter? Find(string key) => All.FirstOrDefault(parameter => parameter.Key == key);
}
