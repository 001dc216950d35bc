using System.Globalization;
using Autopay.Domain.Explanations;

namespace Autopay.Tests.Fixtures.Ledger;

/// <summary>
/// One account on a driven clock. Each step decides a command, applies its events and holds the result against all
/// invariants of the ledger. Amounts are cents, days "2020-01-22"; the calendar is Cape Girardeau's.
/// </summary>
public sealed partial class AccountScenario
{
    public static readonly CityCalendar City = new(TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
    private readonly Dictionary<long, Controls> versions = [];
    private readonly List<Debit> archived = [];
    private readonly List<LedgerEvent> history = [];
    private readonly List<DatedEvent> dated = [];

    public AccountLedger Ledger { get; private set; }

    public Controls Controls { get; private set; }

    public Moment Now { get; private set; }

    /// <summary>What the last command led to; empty says "nothing to do".</summary>
    public IReadOnlyList<LedgerEvent> LastEvents { get; private set; } = [];

    public IReadOnlyList<Debit> Archived => archived;

    /// <summary>The account now and before, as an explanation reads it.</summary>
    public AccountPast Past => new(Ledger, archived, dated);

    /// <summary>Sees each command and the ledger that it met, once it was decided.</summary>
    public Action<LedgerCommand, AccountLedger>? Watch { get; set; }

    public int Cycle => Ledger.Enrolment!.Cycle.Value;

    private AccountScenario(string account, Policies policies)
    {
        Ledger = AccountLedger.Open(new AccountId(account));
        Controls = versions[0] = new Controls { Policies = policies };
        Now = At("2020-01-13", "08:00");
    }

    public static AccountScenario GivenAnAccount(
        int cycle = 1,
        bool autopay = true,
        long? cap = null,
        Policies? policies = null,
        string account = "10-0001",
        bool releases = false
    )
    {
        var scenario = new AccountScenario(account, (policies ?? new Policies()) with { ReleaseApproval = releases });
        return scenario.Do(
            new Enrol(
                new Enrolment
                {
                    Cycle = new CycleNumber(cycle),
                    Autopay = autopay,
                    Customer = "cus_1",
                    PaymentMethod = "pm_1",
                    MaxDebit = cap is { } cents ? new Money(cents) : null,
                },
                scenario.Now
            )
        );
    }

    /// <summary>Moves the clock; time only goes forward.</summary>
    public AccountScenario On(string day, string time = "06:00") => MoveTo(At(day, time));

    public AccountScenario MoveTo(Moment next)
    {
        Now =
            next.Utc >= Now.Utc
                ? next
                : throw new InvalidOperationException(
                    $"The clock is at {Now.Utc:u} and cannot go back to {next.Utc:u}."
                );
        return this;
    }

    public AccountScenario Do(LedgerCommand command)
    {
        var before = Ledger;
        LastEvents = LedgerDecider.Decide(command, before, Controls);
        archived.AddRange(LastEvents.OfType<ItemsArchived>().SelectMany(moved => moved.Debits).Select(before.DebitOf));
        Ledger = LastEvents.Aggregate(before, (ledger, happened) => ledger.Apply(happened));
        history.AddRange(LastEvents);
        dated.AddRange(LastEvents.Select(happened => new DatedEvent(Now.Today, happened)));
        CheckInvariants(before);
        Watch?.Invoke(command, before);
        return this;
    }

    /// <summary>As in production, a change of the controls makes every account be looked at.</summary>
    public AccountScenario Change(ControlChange change)
    {
        Controls = Controls.Change(change, new Authority("finance", "because of the outage", Now.Utc));
        versions[Controls.Version] = Controls;
        return WhenEvaluated();
    }

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static Moment At(string day, string time) =>
        City.At(City.ToUtc(Day(day), TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)));

    public InvariantContext Context() =>
        new()
        {
            Now = Now,
            Controls = Controls,
            ControlsAt = version => versions.GetValueOrDefault(version),
            Archived = archived,
            Intents = [.. intents.Values],
            NextEvaluation = NextEvaluation.Of(Ledger, Controls, City, Now, TimeSpan.FromMinutes(10)),
            City = City,
            History = history,
        };

    private void CheckInvariants(AccountLedger before)
    {
        var context = Context();
        var broken = LedgerInvariants.All.SelectMany(invariant =>
            invariant.Check(Ledger, context, () => { }).Select(violation => $"{invariant.Id}: {violation}")
        );
        var reopened = before
            .Debits.Where(debit =>
                debit.IsTerminal && Ledger.FindDebit(debit.Id) is { } after && after.State != debit.State
            )
            .Select(debit => $"I6: Debit {debit.Id} left {debit.State}");
        Assert.Equal([], broken.Concat(reopened));
    }
}
