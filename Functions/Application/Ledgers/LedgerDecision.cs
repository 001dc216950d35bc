using Autopay.Application.Ports.Books;

namespace Autopay.Application.Ledgers;

/// <summary>An account's commands that are not saved yet.</summary>
/// <param name="Stored">Positions of the commands that would take in what was taken in long ago: they are left
/// out.</param>
internal sealed record OpenWork(int Index, AccountWork Work, IReadOnlyList<int> Stored);

/// <summary>What an account's commands come to, one after the other on the ledger as it was read.</summary>
/// <param name="Save">Null when there is nothing to save.</param>
/// <param name="Happened">The events of each command.</param>
internal sealed record LedgerDecision(
    LedgerSave? Save,
    IReadOnlyList<CommandResult> Results,
    IReadOnlyList<IReadOnlyList<LedgerEvent>> Happened
)
{
    private const string IsStored = "It was taken in long ago and is stored already.";

    public static LedgerDecision Of(OpenWork open, WriteScope scope, CityClock clock, ProcessingOptions options)
    {
        var (ledger, now) = (open.Work.Entry.Ledger, clock.Now);
        List<IReadOnlyList<LedgerEvent>> happened = [];
        List<CommandResult> results = [];
        foreach (var (position, command) in open.Work.Commands.Index())
        {
            var (events, refusal, isEarly) = open.Stored.Contains(position)
                ? ([], IsStored, false)
                : Decide(command(now), ledger, scope.Controls);
            ledger = events.Aggregate(ledger, (state, step) => state.Apply(step));
            happened.Add(events);
            var blocked = events
                .OfType<BillBlocked>()
                .Where(happened => happened.Source is not null)
                .Select(happened => happened.Bill)
                .ToList();
            results.Add(
                new CommandResult(events.Count, refusal)
                {
                    OpenedAgain = blocked.Count,
                    OpenedAgainTotal = blocked.Sum(bill => ledger.BillOf(bill).Open),
                    LooksLike = events
                        .OfType<BillFlagged>()
                        .FirstOrDefault(flagged => flagged.Check == ReviewCheck.Twin)
                        ?.Reason,
                    IsEarly = isEarly,
                    ForAPerson = events.OfType<CorrectionReceived>().FirstOrDefault()?.Reason,
                }
            );
        }

        return new LedgerDecision(
            ToSave(
                open.Work.Entry,
                ledger,
                [.. happened.SelectMany(events => events)],
                scope.KeepsLook(ledger)
                    ? open.Work.Entry.NextEvaluation
                    : NextEvaluation.Of(ledger, scope.Controls, clock.City, now, options.RecoverAfter),
                open.Work.Authority ?? scope.Authority,
                scope.IsWalk
            ),
            results,
            happened
        );
    }

    /// <summary>The positions of the commands that these events followed from.</summary>
    public IEnumerable<int> CommandsOf(IReadOnlyList<LedgerEvent> events) =>
        Happened
            .Index()
            .Where(command => command.Item.Any(happened => events.Any(it => ReferenceEquals(it, happened))))
            .Select(command => command.Index);

    private static (IReadOnlyList<LedgerEvent> Events, string? Refusal, bool IsEarly) Decide(
        LedgerCommand command,
        AccountLedger ledger,
        Controls controls
    )
    {
        try
        {
            return (LedgerDecider.Decide(command, ledger, controls), null, false);
        }
        catch (RefusedException refused)
        {
            return ([], refused.Message, refused is NotYetKnownException);
        }
    }

    private static LedgerSave? ToSave(
        LedgerEntry before,
        AccountLedger ledger,
        IReadOnlyList<LedgerEvent> events,
        DateTimeOffset? look,
        Authority authority,
        bool mayWait
    )
    {
        if (events.Count == 0 && look == before.NextEvaluation)
        {
            return null;
        }

        // A look that moved is no event: it needs no history row.
        var after = events.Count == 0 ? ledger : ledger with { Operations = ledger.Operations + 1 };
        return new LedgerSave(before, events, after, look, OperationId.New(), authority) { MayWait = mayWait };
    }
}
