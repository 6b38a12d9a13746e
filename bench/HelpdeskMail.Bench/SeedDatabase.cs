using System.Diagnostics;
using System.Globalization;
using System.Text;
using HelpdeskMail.Core.CommunicationLog;
using HelpdeskMail.Core.ContactRequests;
using HelpdeskMail.Core.Customers;
using HelpdeskMail.Core.Data;
using HelpdeskMail.Core.Fetching;
using HelpdeskMail.Core.Ingestion;
using HelpdeskMail.Core.Quarantine;
using HelpdeskMail.Core.Settings;
using HelpdeskMail.Core.Tickets;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HelpdeskMail.Bench;

/// <summary>A help desk with years behind it, written directly: for each of a million small mails the stored mail with its bytes, the ledger row, the message,
/// the log's line, an item in quarantine and a contact request (one of ten of them open), and for seven of ten a ticket. A SQLite file is kept for other runs.</summary>
internal static class SeedDatabase
{
    public const int Mails = 1_000_000;
    private const int Chunk = 10_000;
    private const int Customers = 50_000;

    private static readonly DateTime Start = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public static async Task<int> FileAsync(string file, int count)
    {
        if (File.Exists(file))
        {
            Console.Error.WriteLine($"{file} is there already.");
            return 2;
        }
        await SeedAsync(BenchDatabase.Sqlite(file + ".new"), count);
        File.Move(file + ".new", file);
        return 0;
    }

    /// <summary>A private PostgreSQL with an empty database, or a seeded one.</summary>
    public static async Task<BenchDatabase> PostgresAsync(string directory, bool seeded, int count = Mails)
    {
        var database = await BenchDatabase.PostgresAsync(directory);
        if (seeded) await SeedAsync(database, count);
        return database;
    }

    private static async Task SeedAsync(BenchDatabase database, int count)
    {
        var started = Stopwatch.GetTimestamp();
        await using var services = BenchServices.Of(database.Options).BuildServiceProvider();
        await services.GetRequiredService<DatabaseMigrator>().MigrateAsync();
        var (queue, mailbox) = await BenchServices.SetUpAsync(services, "seeded");
        var random = new Random(7);
        var customers = await CustomersAsync(services);
        var tickets = new List<Ticket>();
        for (var from = 0; from < count; from += Chunk)
        {
            await using var db = await BenchServices.OpenAsync(services);
            if (!database.IsPostgres) await db.Database.ExecuteSqlRawAsync("PRAGMA synchronous=OFF; PRAGMA cache_size=-400000;");
            await using var transaction = await db.Database.BeginTransactionAsync();
            await ChunkAsync(db, new Numbers(queue, mailbox, from, Math.Min(Chunk, count - from)), customers, tickets, random);
            await transaction.CommitAsync();
            if ((from / Chunk) % 10 == 9) Console.Error.WriteLine($"{from + Chunk} mails after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        }
        Console.Error.WriteLine($"{await services.GetRequiredService<MessageIndexer>().RunAsync()} messages indexed after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        await using var last = await BenchServices.OpenAsync(services);
        await last.Counters.Where(counter => counter.Name == Counter.Tickets).ExecuteUpdateAsync(set => set.SetProperty(counter => counter.Value, tickets.Count + 1));
        await last.Database.ExecuteSqlRawAsync(database.IsPostgres ? "VACUUM ANALYZE" : "PRAGMA wal_checkpoint(TRUNCATE)");
        Console.Error.WriteLine($"seeded {count} mails, {tickets.Count} tickets in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
    }

    private static async Task<List<Customer>> CustomersAsync(IServiceProvider services)
    {
        var customers = Enumerable.Range(0, Customers).Select(n => new Customer { Name = $"Person {n}", Address = $"person{n}@seeded.example", CreatedAt = Start }).ToList();
        await using var db = await BenchServices.OpenAsync(services);
        await using var transaction = await db.Database.BeginTransactionAsync();
        await BulkRows.InsertAsync(db, customers, CancellationToken.None);
        await transaction.CommitAsync();
        return customers;
    }

    private static async Task ChunkAsync(HelpdeskDb db, Numbers numbers, List<Customer> customers, List<Ticket> tickets, Random random)
    {
        var fresh = new List<Ticket>();
        var units = new List<Unit>();
        for (var n = numbers.From; n < numbers.From + numbers.Count; n++)
        {
            var at = Start.AddSeconds(60L * n);
            var ticket = n % 10 < 7 || tickets.Count == 0 ? NewTicket(tickets.Count + fresh.Count, numbers, customers[random.Next(customers.Count)], at, random) : tickets[random.Next(tickets.Count)];
            if (ticket.Id == 0) fresh.Add(ticket);
            ticket.MessageCount++;
            units.Add(new Unit(n, at, ticket, customers[(int)(ticket.CustomerId - customers[0].Id)]));
        }
        await BulkRows.InsertAsync(db, fresh, CancellationToken.None);
        tickets.AddRange(fresh);

        var stored = units.ConvertAll(unit => unit.Stored(numbers.Mailbox));
        await RawStore.InsertAsync(db, [.. stored.Zip(units, (row, unit) => (row, unit.Raw))], CancellationToken.None);
        foreach (var (unit, row) in units.Zip(stored)) unit.StoredId = row.Id;
        await BulkRows.InsertAsync(db, units.ConvertAll(unit => unit.Message()), CancellationToken.None);
        await BulkRows.InsertAsync(db, units.ConvertAll(unit => unit.Entry(numbers.Mailbox)), CancellationToken.None);
        await BulkRows.InsertAsync(db, units.ConvertAll(unit => unit.Log(numbers.Mailbox)), CancellationToken.None);
        await BulkRows.InsertAsync(db, units.ConvertAll(unit => unit.Item(numbers.Mailbox)), CancellationToken.None);
        await BulkRows.InsertAsync(db, units.ConvertAll(unit => unit.Request(numbers)), CancellationToken.None);
        await BulkRows.InsertAsync(db, fresh.ConvertAll(ticket => new TicketEvent { TicketId = ticket.Id, At = ticket.CreatedAt, ActorName = "System", Kind = "created", To = ticket.Number }), CancellationToken.None);
    }

    private static Ticket NewTicket(int index, Numbers numbers, Customer customer, DateTime at, Random random) => new()
    {
        Number = TicketNumber.FromCounter(index + 1).Value,
        Subject = LoadMails.Line(6, random) + " " + index.ToString(CultureInfo.InvariantCulture),
        State = random.Next(20) switch { 0 => TicketState.New, 1 => TicketState.Open, 2 => TicketState.Pending, _ => TicketState.Closed },
        Priority = random.Next(20) switch { 0 => TicketPriority.High, 1 => TicketPriority.Low, _ => TicketPriority.Normal },
        QueueId = numbers.Queue,
        CustomerId = customer.Id,
        MailboxId = numbers.Mailbox,
        CameInDepartmentId = 1,
        CreatedAt = at,
        UpdatedAt = at,
        LastCustomerMessageAt = at,
    };

    private sealed record Numbers(long Queue, long Mailbox, int From, int Count);

    private sealed record Unit(int Number, DateTime At, Ticket Ticket, Customer Customer)
    {
        private readonly string text = LoadMails.Line(25, new Random(Number));

        public byte[] Raw => Encoding.UTF8.GetBytes($"From: {Customer.Address}\r\nTo: seeded@bench.example\r\nSubject: {Ticket.Subject}\r\nMessage-ID: <{Number}@seeded.example>\r\n\r\n{text}\r\n");

        public long StoredId { get; set; }

        public StoredMail Stored(long mailbox)
        {
            var mail = RawStore.NewMail(Raw, MailSourceKind.Fetch, mailbox, notices: false, At);
            (mail.State, mail.DecidedAt, mail.Decision, mail.Reason, mail.TicketId) = (StoredMailState.Decided, At, DecisionKind.CreateTicket, DecisionReason.NewConversation, Ticket.Id);
            (mail.Sentence, mail.Trace) = ("A new conversation.", """[{"Name":"duplicate","Verdict":"pass","Detail":"neither these bytes nor its Message-ID are known"}]""");
            return mail;
        }

        public TicketMessage Message() => new()
        {
            TicketId = Ticket.Id,
            Direction = MessageDirection.Inbound,
            FromName = Customer.Name,
            FromAddress = Customer.Address,
            Subject = Ticket.Subject,
            MessageId = $"{Number}@seeded.example",
            MessageIdKey = MessageIdKey.Of($"{Number}@seeded.example"),
            Date = At,
            CreatedAt = At,
            Text = text,
            BodyKey = Number,
            StoredMailId = StoredId,
        };

        public LedgerEntry Entry(long mailbox) => new()
        {
            MailboxId = mailbox,
            Identity = $"1:{Number + 1}",
            State = Number % 1000 == 0 ? LedgerState.Quarantined : LedgerState.Acknowledged,
            Reason = Number % 1000 == 0 ? LedgerReason.TooLarge : null,
            Place = LedgerPlace.Archive,
            Size = 400,
            Subject = Ticket.Subject,
            StoredMailId = StoredId,
            TicketId = Ticket.Id,
            ReceivedAt = At,
            SeenAt = At,
            StoredAt = At,
            DecidedAt = At,
            AcknowledgedAt = At,
        };

        public Communication Log(long mailbox) => new()
        {
            Kind = CommunicationKind.Message,
            Direction = CommunicationDirection.Incoming,
            Status = Number % 100 == 0 ? CommunicationStatus.Failed : CommunicationStatus.Successful,
            Account = "seeded",
            MailboxId = mailbox,
            StartedAt = At,
            EndedAt = At,
            Duration = Number % 500,
            Level = LogLevels.Info,
            Summary = "A new conversation.",
            Sender = Customer.Address,
            Recipient = "seeded@bench.example",
            Subject = Ticket.Subject,
            StoredMailId = StoredId,
            TicketId = Ticket.Id,
            Entries = [new(At, LogLevels.Info, "store", "400 bytes stored."), new(At, LogLevels.Info, "decide", "A new conversation.")],
        };

        public QuarantineItem Item(long mailbox) => new()
        {
            Open = Number % 10 == 0,
            Reason = (Number / 10 % 3) switch { 0 => "TooLarge", 1 => "NoQueue", _ => "ProcessingFailed" },
            Sentence = "It could not be processed.",
            StoredMailId = StoredId,
            MailboxId = mailbox,
            Size = 400,
            Sender = Customer.Address,
            Subject = Ticket.Subject,
            Since = At,
            Attempts = 1,
            History = [new(At, "HelpdeskMail", "It could not be processed.")],
            ClosedAt = Number % 10 == 0 ? null : At,
        };

        public ContactRequest Request(Numbers numbers) => new()
        {
            State = (Number % 10) switch { 0 => ContactRequestState.Open, < 5 => ContactRequestState.Ticket, < 7 => ContactRequestState.Appended, _ => ContactRequestState.Dismissed },
            MailboxId = numbers.Mailbox,
            QueueId = numbers.Queue,
            FromName = Customer.Name,
            FromAddress = Customer.Address,
            Subject = Ticket.Subject,
            Preview = text,
            MailCount = 1,
            CreatedAt = At,
            LastMailAt = At,
            HandledAt = Number % 10 == 0 ? null : At,
            TicketId = Ticket.Id,
        };
    }
}
