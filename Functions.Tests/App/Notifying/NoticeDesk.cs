using Autopay.Application;
using Autopay.Application.Evaluating;
using Autopay.Application.Ledgers;
using Autopay.Application.Notifying;
using Autopay.Application.Ports.Books;
using Autopay.Application.Ports.Messages;
using Autopay.Rehearsal.World;
using Autopay.Tests.App.Hints;
using Autopay.Tests.Fixtures;
using Autopay.Tests.Fixtures.Ledger;
using static Autopay.Tests.Fixtures.Ledger.AccountScenario;

namespace Autopay.Tests.App.Notifying;

/// <summary>Customers who have to be told, an outbox and a mail server, in memory.</summary>
internal sealed class NoticeDesk : INoticeOutbox, IMailer, IMailSession
{
    public const string Kim = "kim@customer.example";
    public static readonly Policies Policies = new() { NoticeClock = NoticeClockMode.Enforce, ReleaseApproval = false };
    public static readonly Authority Ann = new("ann", "mailed", At("2020-01-13", "08:00").Utc);
    private static readonly ProcessingOptions Options = new();
    private readonly VirtualClock time = new(At("2020-01-13", "08:00").Utc);
    private readonly ScratchBucketScheduleStore schedules = new();
    private readonly HashSet<AccountId> gone = [];

    public ScratchLedgerStore Ledgers { get; } = new();

    public ScratchControlsStore Controls { get; } = new(Policies);

    public ScratchReportStore Lists { get; } = new();

    public HintQueue Queue { get; } = new();

    public List<Mail> Mails { get; } = [];

    /// <summary>Who has taken whose notices until when.</summary>
    public Dictionary<AccountId, DateTimeOffset> Taken { get; } = [];

    public MailAnswer Answer { get; set; } = new(MailEnd.Sent, "250 ok");

    /// <summary>What happens before the mail server answers.</summary>
    public Func<Task> Meanwhile { get; set; } = () => Task.CompletedTask;

    public bool IsAway { get; set; }

    public bool IsConfigured { get; set; } = true;

    /// <summary>How often the outbox was read, and the mail server called.</summary>
    public (int Reads, int Opens) Asked { get; private set; }

    public CityClock Clock => new(time, City);

    public SendNotices Send => new(Books, this, this, new NoticeSender("City of Example", "573-555-0100"));

    public MakeLetters Letters => new(this, Ledgers, Controls, Lists, this);

    public RecordLetters Record => new(Books, Letters, new SendHints(Queue, new HintsUnderWay(), Clock, Options));

    private AccountBooks Books =>
        new(Ledgers, Controls, new LedgerWriter(Ledgers, schedules, Controls, Clock, Options), Clock, Options);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Accounts of one bucket.</summary>
    public static IReadOnlyList<AccountId> Together(int accounts) =>
        [
            .. Enumerable
                .Range(1, 9_999)
                .Select(number => new AccountId($"10-{number:0000}"))
                .Where(id => Bucket.Of(id) == Bucket.Of("10-0001"))
                .Take(accounts),
        ];

    /// <summary>An account whose bill of January has become dearer: its customer has to be told.</summary>
    public async Task<AccountScenario> AddAsync(
        string account = "10-0001",
        string? email = Kim,
        string? language = null
    )
    {
        var told = GivenAnAccount(account: account, policies: Policies);
        told.Do(new Enrol(told.Ledger.Enrolled with { Email = email, Language = language }, told.Now))
            .WhenABillIsImported("jan", 10_000)
            .WhenABillIsAdjusted("jan", 675);
        Assert.Single(told.Ledger.PendingNotices());
        await SaveAsync(told.Ledger);
        return told;
    }

    public async Task SaveAsync(AccountLedger ledger)
    {
        var entry = await Ledgers.LoadAsync(ledger.Id, Cancel) ?? new LedgerEntry(ledger, null, null);
        var after = ledger with { Operations = entry.Ledger.Operations + 1 };
        await Ledgers.SaveAsync(Bucket.Of(ledger.Id), [new LedgerSave(entry, [], after, null, "save", Ann)], Cancel);
    }

    /// <summary>Nothing is charged: nobody has to be told of it now.</summary>
    public async Task HaltAsync()
    {
        var (before, halted) = (await Controls.LoadAsync(Cancel), new ChargingHalted());
        await Controls.TrySaveAsync(before, before.Controls.Change(halted, Ann), new ControlAct(halted, Ann), Cancel);
    }

    public void MoveTo(string day, string hour = "08:00") => time.MoveTo(At(day, hour).Utc);

    /// <summary>Its row is left in the outbox, and it is nowhere else.</summary>
    public void Lose(string account) => gone.Add(new AccountId(account));

    public IReadOnlyList<Notice> Notices(string account = "10-0001", int debit = 0) =>
        Ledgers.Ledgers.Single(ledger => ledger.Id.Value == account).Debits[debit].Notices;

    public async IAsyncEnumerable<WaitingNotices> ReadAsync(
        Bucket bucket,
        NoticeWay way,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        Asked = (Asked.Reads + 1, Asked.Opens);
        await Task.CompletedTask;
        foreach (var ledger in Ledgers.EntriesOf(bucket).Select(entry => entry.Ledger).ToList())
        {
            var waiting = ledger.PendingNotices();
            if (waiting.Any(notice => way == NoticeWay.Any || (!notice.ByLetter && !IsTaken(ledger.Id))))
            {
                yield return new WaitingNotices(ledger.Id, waiting, "");
            }
        }

        foreach (var account in gone.Where(account => Bucket.Of(account) == bucket))
        {
            var lost = new DebitId(account, 1, 1);
            yield return new WaitingNotices(
                account,
                [new PendingNotice(lost, 1, NoticeKind.Change, Day("2020-01-01"), false)],
                ""
            );
        }
    }

    public Task<bool> TryTakeAsync(WaitingNotices notices, DateTimeOffset until, CancellationToken cancel)
    {
        var isFree = !IsTaken(notices.Account);
        Taken[notices.Account] = isFree ? until : Taken[notices.Account];
        return Task.FromResult(isFree);
    }

    public Task<IMailSession> OpenAsync(CancellationToken cancel)
    {
        Asked = (Asked.Reads, Asked.Opens + 1);
        return Task.FromResult<IMailSession>(this);
    }

    public async Task<MailAnswer> SendAsync(Mail mail, CancellationToken cancel)
    {
        await Meanwhile();
        if (IsAway)
        {
            throw new MailAwayException("no answer");
        }

        Mails.Add(mail);
        return Answer;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private bool IsTaken(AccountId account) => Taken.GetValueOrDefault(account) > Clock.Now.Utc;
}
