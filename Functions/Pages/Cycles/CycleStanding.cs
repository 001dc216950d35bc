using Autopay.Application.Finance;
using Autopay.Application.Releasing;

namespace Autopay.Pages.Cycles;

/// <summary>What keeps a cycle's debits back, the page that cures it, and the function that does it.</summary>
/// <param name="Text">A key of the words of cycles.</param>
/// <param name="Release">Of which the text speaks; null where it speaks of none.</param>
public sealed record CycleBlock(string Text, string Href, string Function, string? Release = null);

/// <summary>A cycle as people ask about it: what is held, what keeps it, what goes out next.</summary>
/// <param name="Release">The newest plan of it; null when there was none.</param>
public sealed record CycleStanding(CycleView View, Controls Controls, ReleaseView? Release, DateOnly Today)
{
    private CycleNumber Number => new(View.Cycle);

    /// <summary>Holds in force that the cycle's clear has not ended.</summary>
    public IReadOnlyList<Deferral> OpenHolds =>
        [
            .. View.Deferrals.Where(it =>
                it is { IsInForce: true, Action: DeferralAction.Hold } && !it.ClearedCycles.Contains(Number)
            ),
        ];

    /// <summary>What those holds keep.</summary>
    public StateCount Held =>
        Sum(
            View.DueDates.Where(day => OpenHolds.Any(hold => hold.IsAbout(Number, day.DueDate)))
                .SelectMany(day => day.States),
            DebitState.Deferred
        );

    /// <summary>Deferred otherwise: merged and waiting for the next bill, or of a suspended account.</summary>
    public StateCount Joining => Less(Sum(View.States, DebitState.Deferred), Held);

    /// <summary>Where the debits are, in words: what the states alone do not tell is told apart.</summary>
    public IEnumerable<(string Key, DebitState State, StateCount Count)> Rows =>
        AllRows.Where(row => row.Count.Debits > 0);

    private IEnumerable<(string Key, DebitState State, StateCount Count)> AllRows =>
        [
            ("RowHeld", DebitState.Deferred, Held),
            ("RowJoining", DebitState.Deferred, Joining),
            ("RowRelease", DebitState.Scheduled, ForRelease),
            ("RowDate", DebitState.Scheduled, Less(Sum(View.States, DebitState.Scheduled), ForRelease)),
            .. Others.Select(state => ("", state, Sum(View.States, state))),
        ];

    private static readonly DebitState[] Others =
    [
        DebitState.NeedsReview,
        DebitState.RetryScheduled,
        DebitState.Charging,
        DebitState.Submitted,
        DebitState.Unknown,
        DebitState.Collected,
        DebitState.Satisfied,
        DebitState.Uncollected,
        DebitState.Declined,
    ];

    /// <summary>What a hold was about waits for two people after its clear (I25).</summary>
    public StateCount ForRelease =>
        Controls.Policies.ReleaseApproval
            ? Sum(View.DueDates.Where(WasHeld).SelectMany(day => day.States), DebitState.Scheduled)
            : new StateCount(DebitState.Scheduled, 0, 0);

    public StateCount WithBank => Sum(View.States, DebitState.Charging, DebitState.Submitted, DebitState.Unknown);

    /// <summary>The next day on which some of it leaves by itself, and how much; null when none does.</summary>
    public (DateOnly Day, StateCount Sum)? Next =>
        View
            .DueDates.Where(day => !Controls.Policies.ReleaseApproval || !WasHeld(day))
            .Select(day => (Day: DayOf(day.DueDate), Sum: Sum(day.States, DebitState.Scheduled)))
            .Where(it => it.Sum.Debits > 0)
            .GroupBy(it => it.Day, it => it.Sum)
            .OrderBy(it => it.Key)
            .Select(it => ((DateOnly, StateCount)?)(it.Key, Sum(it, DebitState.Scheduled)))
            .FirstOrDefault();

    /// <summary>The due dates of its holds; where there was none, the last one that has come.</summary>
    public IReadOnlyList<DueDateSum> Asked =>
        View.DueDates.Where(WasHeld).ToList() is { Count: > 0 } held ? held
        : View.DueDates.LastOrDefault(day => day.DueDate <= Today) is { } last ? [last]
        : [.. View.DueDates.Take(1)];

    /// <summary>The gravest first: what a person must do goes before what runs, and that before what rests.</summary>
    public int Urgency =>
        Blocks.Count > 0 ? 0
        : WithBank.Debits > 0 ? 1
        : 2;

    public IReadOnlyList<CycleBlock> Blocks =>
        Held.Debits + ForRelease.Debits == 0 ? []
        : Held.Debits > 0 && OpenHolds.Count > 0 ? [.. Halted, OfClear]
        : ForRelease.Debits > 0 ? [.. Halted, OfRelease]
        : [.. Halted];

    private IEnumerable<CycleBlock> Halted =>
        Controls.IsHalted ? [new CycleBlock("BlockHalted", "/console/halt", "ResumeCharging")] : [];

    private CycleBlock OfClear =>
        View.Backlog.Clearing is not null
            ? new CycleBlock("BlockFiles", "/console/imports", "PostImport")
            : new CycleBlock("BlockCertificate", $"{PageLinks.Cycle(Number)}/certificate", "PutBacklog");

    private CycleBlock OfRelease =>
        Release?.Step switch
        {
            ReleaseStep.Planning => Of("BlockPlanning", "PostReleasePlan"),
            ReleaseStep.Draft => Of("BlockDraft", "SealRelease"),
            ReleaseStep.Sealed => Of("BlockSealed", "ApproveRelease"),
            ReleaseStep.WaitsForGo => Of("BlockGo", "GoRelease"),
            ReleaseStep.Running => Of("BlockRunning", "GetRelease"),
            _ => new CycleBlock("BlockNoPlan", $"/console/releases?cycle={Number}", "PostReleasePlan"),
        };

    private CycleBlock Of(string text, string function) =>
        new(text, $"/console/releases/{Release!.Plan.Id}", function, Release.Plan.Id);

    private bool WasHeld(DueDateSum day) =>
        View.Deferrals.Any(it => it.Action == DeferralAction.Hold && it.IsAbout(Number, day.DueDate));

    // A debit of two due dates counts under each of them, and once in its cycle.
    private static StateCount Less(StateCount all, StateCount some) =>
        new(all.State, Math.Max(0, all.Debits - some.Debits), Math.Max(0, all.OpenCents - some.OpenCents));

    private DateOnly DayOf(DateOnly due) => BankingCalendar.RollForward(due > Today ? due : Today);

    private static StateCount Sum(IEnumerable<StateCount> counts, params DebitState[] states)
    {
        var those = counts.Where(count => states.Contains(count.State)).ToList();
        return new StateCount(states[0], those.Sum(it => it.Debits), those.Sum(it => it.OpenCents));
    }
}
