using Autopay.Application.Ports.Books;
using Autopay.Tests.App.ChargeProtocol;
using Autopay.Tests.Rules.Simulation.Acts;
using Autopay.Tests.Rules.Simulation.World;

namespace Autopay.Tests.Rules.Simulation;

/// <summary>The invariants, after every save and at every call that may move money.</summary>
internal sealed class Checks(SimWorld world)
{
    // Work is overdue whenever a history lets time pass without a sweep: that is checked at the end, when there were
    // sweeps.
    private readonly InvariantTally tally = new([.. LedgerInvariants.All.Where(invariant => invariant.Id != "I16")]);
    private readonly InvariantTally overdue = new([.. LedgerInvariants.All.Where(invariant => invariant.Id == "I16")]);
    private readonly AsyncLocal<Looks> looks = new();
    private readonly List<string> violations = [];

    public IReadOnlyList<string> Violations => violations;

    /// <summary>What each invariant looked at (I21).</summary>
    public IReadOnlyList<InvariantResult> Results => tally.Results;

    public void Violated(string id, string text)
    {
        violations.Add($"{id}: {text}");
        world.Scheduler.Tell($"  >>> VIOLATION {id}: {text}");
    }

    public void ProcessBegins() => looks.Value = new Looks { VersionAtFirst = world.Controls.Current.Version };

    public void ControlsRead(Controls controls) => (looks.Value ??= new Looks()).Seen = controls;

    public void CreateBegins(Attempt attempt, string key)
    {
        if (world.Bank.WhyKeyIsWrong(attempt, key) is { } wrong)
        {
            Violated("I14", wrong);
        }
    }

    /// <summary>I18: whoever has seen the halt begins no confirm.</summary>
    public void ConfirmBegins(Attempt attempt)
    {
        if (looks.Value?.Seen?.WhyNothingIsCharged is { } stopped)
        {
            Violated(
                "I18",
                $"attempt {attempt.Number} of {attempt.Debit} is confirmed by somebody "
                    + $"who knows that nothing is charged: {stopped}"
            );
        }
    }

    /// <summary>I2: money moves for an attempt that is locked with this very intent, and for no other.</summary>
    public void ConfirmHappens(Attempt attempt)
    {
        var stored = StoredAttempt(attempt);
        var isUntouched =
            world.Bank.Story.Intents.First(intent => intent.IntentId == attempt.IntentId).Status
            == IntentStatus.Untouched;
        if (
            isUntouched
            && (
                stored is not { Phase: AttemptPhase.Locked or AttemptPhase.Unknown }
                || stored.IntentId != attempt.IntentId
            )
        )
        {
            Violated(
                "I2",
                $"attempt {attempt.Number} of {attempt.Debit} is confirmed while it "
                    + $"is {stored?.Phase} with {stored?.IntentId}"
            );
        }
    }

    public void AfterSave(IEnumerable<LedgerSave> saves)
    {
        var intents = world.Bank.IntentsByAccount();
        foreach (var save in saves)
        {
            CheckClosedStayClosed(save);
            CheckPreCharge(save);
            if (NoticeLaw.WhoWasNotTold(save, version => world.Controls.AtVersion(version)!) is { } untold)
            {
                Violated("R44", untold);
            }

            world.Customers.AfterSave(save);
            Check(tally, save.After, intents, controlsSeen: false); // Perhaps decided under controls of a moment ago.
        }
    }

    /// <summary>When nothing is left to do: all invariants of every account, overdue work too.</summary>
    public void AtTheEnd()
    {
        var intents = world.Bank.IntentsByAccount();
        foreach (var ledger in world.Ledgers.Ledgers)
        {
            Check(tally, ledger, intents, controlsSeen: true);
            Check(overdue, ledger, intents, controlsSeen: true);
        }

        // I21: nothing was skipped.
        violations.AddRange(
            tally.Results.Where(result => result.Looked == 0).Select(result => $"I21: {result.Id} looked at nothing")
        );
    }

    private void Check(
        InvariantTally into,
        AccountLedger ledger,
        ILookup<string?, IntentReading> intents,
        bool controlsSeen
    )
    {
        var known = into.Violations.Count;
        into.Check(
            ledger,
            new InvariantContext
            {
                Now = world.Now,
                Controls = world.Controls.Current,
                ControlsAt = world.Controls.AtVersion,
                Intents = [.. intents[ledger.Id.Value]],
                Archived = [.. world.Ledgers.ArchivedOf(ledger.Id)],
                NextEvaluation = world.Ledgers.LoadAsync(ledger.Id, CancellationToken.None).Result?.NextEvaluation,
                City = ChargingWorld.City,
                ControlsSeen = controlsSeen,
                // A save that lands late is of a walk that believes it has the bucket: it asks for the look next.
                IsWalked = !controlsSeen,
                History = LedgerInvariants.NeedHistory(ledger)
                    ? [.. world.Ledgers.HistoryOf(ledger.Id).SelectMany(row => row.Events)]
                    : null,
            }
        );
        foreach (var violation in into.Violations.Skip(known))
        {
            violations.Add(violation);
            world.Scheduler.Tell($"  >>> VIOLATION {violation}");
        }
    }

    private void CheckClosedStayClosed(LedgerSave save)
    {
        foreach (var before in save.Before.Ledger.Debits.Where(debit => debit.IsTerminal))
        {
            if (save.After.FindDebit(before.Id) is { } after && after.State != before.State)
            {
                Violated("I6", $"debit {before.Id} went from {before.State} to {after.State}");
            }
        }
    }

    // I12: what was accepted before this work began is seen by its pre-charge check.
    private void CheckPreCharge(LedgerSave save)
    {
        foreach (
            var locked in save
                .Events.OfType<AttemptLocked>()
                .Where(locked => locked.ControlsVersion < looks.Value?.VersionAtFirst)
        )
        {
            Violated(
                "I12",
                $"{locked.Debit} was locked under version {locked.ControlsVersion} of the controls, by work that "
                    + $"began at version {looks.Value!.VersionAtFirst}"
            );
        }
    }

    private Attempt? StoredAttempt(Attempt attempt) =>
        world
            .Ledgers.Ledgers.First(ledger => ledger.Id == attempt.Debit.Account)
            .FindDebit(attempt.Debit)
            ?.Attempts.FirstOrDefault(it => it.Number == attempt.Number);

    /// <summary>What one piece of work has seen of the controls.</summary>
    private sealed class Looks
    {
        public long VersionAtFirst { get; init; }

        public Controls? Seen { get; set; }
    }
}
