using System.Text.Json.Serialization;

namespace Autopay.Domain.CityControls;

/// <summary>
/// The city's controls, one version number over all: deferrals, backlog state per cycle, waivers, shields, halt,
/// policies.
/// </summary>
public sealed record Controls
{
    /// <summary>
    /// Raised by one with every change; an attempt records the version that its pre-charge check saw.
    /// </summary>
    public long Version { get; init; }

    /// <summary>
    /// The version of the last change that can move a debit: a bucket that was walked with it need not be walked anew.
    /// </summary>
    public long AccountsVersion { get; init; }

    public IReadOnlyList<Deferral> Deferrals { get; init; } = [];

    public IReadOnlyList<BacklogState> Backlog { get; init; } = [];

    public IReadOnlyList<PenaltyWaiver> Waivers { get; init; } = [];

    public IReadOnlyList<DisconnectShield> Shields { get; init; } = [];

    /// <summary>What the city told everybody about debits (R44).</summary>
    public IReadOnlyList<PublicNotice> PublicNotices { get; init; } = [];

    public Halt? Halt { get; init; }

    /// <summary>The last releases that two people have approved; of each cycle the newest may be in force.</summary>
    public IReadOnlyList<Release> Releases { get; init; } = [];

    /// <summary>What waits for a second person, and what one has decided within the last day.</summary>
    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    /// <summary>Finance's line for residents; null when there is none.</summary>
    public PublicNote? PublicNote { get; init; }

    /// <summary>Residents are told that some were charged more than once; null when they are not.</summary>
    public ChargedTwice? ChargedTwice { get; init; }

    /// <summary>From configuration, not from finance: never stored with the controls.</summary>
    [JsonIgnore]
    public Policies Policies { get; init; } = new();

    /// <summary>
    /// After a restore: nothing is charged until every intent created since then (UTC) is matched; null in normal
    /// times.
    /// </summary>
    public DateTimeOffset? ReconcileSince { get; init; }

    /// <summary>
    /// The generation in which accounts are opened: raised by a restore, so that no debit id is ever used again (R1).
    /// </summary>
    public int Generation { get; init; } = 1;

    /// <summary>What is stored is not what the last act in the record has made: somebody wrote past the app.</summary>
    [JsonIgnore]
    public bool IsUnproven { get; init; }

    [JsonIgnore]
    public bool IsHalted => Halt is not null;

    private const string Unproven =
        "the city's controls are not what the record of decisions says: nobody has decided what is stored";

    /// <summary>Why nothing at all may be charged, or null (R24).</summary>
    [JsonIgnore]
    public string? WhyNothingIsCharged =>
        IsUnproven ? Unproven
        : Halt is { } halt ? $"halted: {halt.Reasons}"
        : ReconcileSince is { } since ? $"reconcile before charge: every intent since {since:u} is matched first"
        : null;

    /// <summary>The holds in force on a bill, not cleared for its cycle.</summary>
    public IEnumerable<Deferral> HoldsOn(Bill bill) => Deferrals.Where(deferral => deferral.Holds(bill));

    /// <summary>Whether a hold ever was about the bill, cleared and withdrawn ones too (I25).</summary>
    public bool WasHeld(Bill bill) =>
        Deferrals.Any(deferral => deferral.Action == DeferralAction.Hold && deferral.IsAbout(bill));

    /// <summary>The merge deferrals in force that cover a bill.</summary>
    private IEnumerable<Deferral> MergesOn(Bill bill) =>
        Deferrals.Where(deferral => deferral.Action == DeferralAction.Merge && deferral.Covers(bill));

    /// <summary>
    /// Whether a deferral keeps the bill from its own due date: a hold that is not cleared for its cycle, or a merge.
    /// </summary>
    public bool IsDeferred(Bill bill) => HoldsOn(bill).Any() || MergesOn(bill).Any();

    public Deferral? Find(DeferralId id) => Deferrals.FirstOrDefault(deferral => deferral.Id == id);

    public bool IsPenaltyWaived(Bill bill) => Waivers.Any(waiver => waiver.Waives(bill));

    public PenaltyWaiver? FindWaiver(string id) => Waivers.FirstOrDefault(waiver => waiver.Id == id);

    public DisconnectShield? FindShield(string id) => Shields.FirstOrDefault(shield => shield.Id == id);

    /// <exception cref="RefusedException">The change contradicts what is in force.</exception>
    public Controls Change(ControlChange change, Authority authority) =>
        IsUnproven ? throw new RefusedException($"Nothing is changed: {Unproven}.")
        : Apply(change, authority) is var next && ReferenceEquals(next, this) ? this
        : Numbered(next, change, authority);

    /// <summary>What an act has made of these controls, as the next version of them.</summary>
    internal Controls Numbered(Controls next, ControlChange change, Authority authority) =>
        next.NotePauses(authority.At) with
        {
            Version = Version + 1,
            AccountsVersion = Concerns(change) ? Version + 1 : AccountsVersion,
        };

    /// <summary>Whether the change can move a debit; a yes can when what it agrees to does.</summary>
    public bool Concerns(ControlChange change) =>
        change is ApprovalGiven given
            ? Approvals.FirstOrDefault(approval => approval.Id == given.Id)?.Act.ConcernsAccounts != false
            : change.ConcernsAccounts;

    internal Controls Apply(ControlChange change, Authority authority) =>
        change switch
        {
            DeferralDeclared declared => Declare(declared, authority),
            DeferralWithdrawn withdrawn => Withdraw(withdrawn.Id, authority),
            BacklogCleared cleared => cleared.Cycles.Aggregate(
                this,
                (controls, cycle) => controls.Clear(cycle, cleared, authority)
            ),
            BacklogClearing asked => asked.Cycles.Aggregate(
                this,
                (controls, cycle) =>
                    controls.WithBacklog(
                        controls.BacklogOf(cycle) with
                        {
                            Clearing = new Clearing(authority.By, authority.Why, authority.At, asked.ReceivedThrough)
                            {
                                Override = asked.Override,
                            },
                        },
                        hold => hold
                    )
            ),
            BacklogReopened reopened => reopened.Cycles.Aggregate(
                this,
                (controls, cycle) => controls.Reopen(cycle, authority)
            ),
            PenaltyWaived waived => this.Waive(waived, authority),
            WaiverWithdrawn withdrawn => this.Withdraw(withdrawn, authority),
            DisconnectShielded shielded => this.Shield(shielded, authority),
            ShieldWithdrawn withdrawn => this.Withdraw(withdrawn, authority),
            PublicNoticeRecorded recorded => this.Record(recorded, authority),
            PublicNoticeWithdrawn withdrawn => this.Withdraw(withdrawn, authority),
            ChargingHalted => HaltedBy(new Halt(authority.Why, authority.By, authority.At) { Name = authority.Name }),
            ReconcileDemanded demanded => this with
            {
                ReconcileSince = ReconcileSince < demanded.Since ? ReconcileSince : demanded.Since,
            },
            Reconciled => ReconcileSince is null ? this : this with { ReconcileSince = null },
            GenerationBegun begun => begun.Generation <= Generation
                ? this
                : this with
                {
                    Generation = begun.Generation,
                },
            ChargingResumed => IsHalted ? this with { Halt = null } : this,
            CycleReleased released => this.Release(released, authority),
            ReleaseGone go => this.Go(go, authority),
            ReleasesStoodStill stood => this.Note(stood),
            ReleaseStopped stop => this.Stop(stop, authority),
            PublicNotePublished note => this.Publish(note, authority),
            ChargedTwiceTold told => this.Tell(told, authority),
            PublicNoteWithdrawn withdrawn => this.Withdraw(withdrawn),
            ApprovalAsked asked => this.Ask(asked, authority),
            ApprovalGiven given => this.Approve(given, authority),
            AgreedActEnded ended => this.End(ended),
            LateReceiptsAccepted late => Accept(late, authority),
            // In the record alone: as another version of the same.
            TotalsCounted or PlanMade or RecordsExpired or AccountExported => this with { },
            RefundAgreed or ExemptionAgreed or ImportAgreed => this,
            ApprovalRejected rejected => this.Reject(rejected.Id, authority),
            _ => throw new InvalidOperationException($"Unknown control change {change.GetType().Name}."),
        };

    private Controls HaltedBy(Halt halt) =>
        Halt is not { } before ? this with { Halt = halt }
        : before.And(halt) is var both && ReferenceEquals(both, before) ? this
        : this with { Halt = both };

    private Controls Declare(DeferralDeclared declared, Authority authority)
    {
        if (Find(declared.Id) is not null)
        {
            throw new RefusedException($"A deferral '{declared.Id}' was already declared; choose another id.");
        }

        if (declared.DueTo < declared.DueFrom || declared.Cycles.Count == 0)
        {
            throw new RefusedException(
                "A deferral needs at least one cycle and a window whose end is not before its start."
            );
        }

        return this with
        {
            Deferrals = [.. Deferrals, ToDeferral(declared, authority)],
        };
    }

    // Withdrawing a hold is a clear, withdrawing a merge un-merges (R7, R8); both follow from coverage ending here.
    private Controls Withdraw(DeferralId id, Authority authority)
    {
        var deferral = Find(id) ?? throw new RefusedException($"There is no deferral '{id}'.");
        return deferral.IsInForce
            ? deferral
                .Cycles.Where(cycle => HoldsStill(deferral, cycle))
                .Aggregate(this, (controls, cycle) => controls.StopReleasesOf(cycle, authority))
                .Replace(deferral, deferral with { WithdrawnAt = authority.At })
            : this;
    }

    private static bool HoldsStill(Deferral deferral, CycleNumber cycle) =>
        deferral is { IsInForce: true, Action: DeferralAction.Hold }
        && deferral.Cycles.Contains(cycle)
        && !deferral.ClearedCycles.Contains(cycle);

    // Clears the holds in force now: one that is declared later starts uncleared (R7). A clear that waited for files is
    // gone once finance has taken it back, or somebody else has seen it through (R26).
    private Controls Clear(CycleNumber cycle, BacklogCleared cleared, Authority authority)
    {
        if (cleared.AskedAt is { } askedAt && BacklogOf(cycle).Clearing?.AskedAt != askedAt)
        {
            return this;
        }

        var backlog = BacklogOf(cycle) with
        {
            Cleared = true,
            ChangedAt = authority.At,
            By = authority.By,
            Reason = authority.Why,
            ReceivedThrough = cleared.ReceivedThrough,
            Certificate = cleared.Certificate,
            Says = cleared.Says,
            LateAccepted = null,
            Clearing = null,
        };
        // What is let loose now was in no plan that anybody has approved.
        var before = Deferrals.Any(hold => HoldsStill(hold, cycle)) ? this.StopReleasesOf(cycle, authority) : this;
        return before.WithBacklog(
            backlog,
            hold =>
                hold.ClearedCycles.Contains(cycle) || hold.DeclaredAt > cleared.AskedAt
                    ? hold
                    : hold with
                    {
                        ClearedCycles = [.. hold.ClearedCycles, cycle],
                        Clears =
                        [
                            .. hold.Clears.Where(clear => clear.Cycle != cycle),
                            new CycleClear(cycle, authority.At),
                        ],
                    }
        );
    }

    private Controls Reopen(CycleNumber cycle, Authority authority)
    {
        var backlog = BacklogOf(cycle) with
        {
            Cleared = false,
            ChangedAt = authority.At,
            By = authority.By,
            Reason = authority.Why,
            Certificate = null,
            Says = null,
            LateAccepted = null,
            Clearing = null,
        };
        return WithBacklog(
                backlog,
                hold => hold with { ClearedCycles = [.. hold.ClearedCycles.Where(cleared => cleared != cycle)] }
            )
            .StopReleasesOf(cycle, authority);
    }

    private Controls Accept(LateReceiptsAccepted late, Authority authority)
    {
        var receipts = late.Receipts;
        return this.ClearedAt(receipts.Cycle) == late.ClearedAt
            ? WithBacklog(
                BacklogOf(receipts.Cycle) with
                {
                    LateAccepted = new LateAcceptance(receipts.Through, receipts.Hash, authority),
                },
                hold => hold
            )
            : throw new RefusedException($"Cycle {receipts.Cycle} was opened or cleared anew since.");
    }

    /// <summary>What finance last said of the cycle; open when it never said anything.</summary>
    public BacklogState BacklogOf(CycleNumber cycle) =>
        Backlog.FirstOrDefault(state => state.Cycle == cycle) ?? new BacklogState { Cycle = cycle };

    private Controls WithBacklog(BacklogState backlog, Func<Deferral, Deferral> changeHold) =>
        this with
        {
            Backlog = [.. Backlog.Where(state => state.Cycle != backlog.Cycle), backlog],
            Deferrals =
            [
                .. Deferrals.Select(deferral =>
                    deferral.Action == DeferralAction.Hold
                    && deferral.IsInForce
                    && deferral.Cycles.Contains(backlog.Cycle)
                        ? changeHold(deferral)
                        : deferral
                ),
            ],
        };

    private Controls Replace(Deferral old, Deferral changed) =>
        this with
        {
            Deferrals = [.. Deferrals.Select(deferral => ReferenceEquals(deferral, old) ? changed : deferral)],
        };

    private static Deferral ToDeferral(DeferralDeclared declared, Authority authority) =>
        new()
        {
            Id = declared.Id,
            Cycles = declared.Cycles,
            DueFrom = declared.DueFrom,
            DueTo = declared.DueTo,
            Action = declared.Action,
            Reason = authority.Why,
            DeclaredAt = authority.At,
            ExpectedClearBy = declared.ExpectedClearBy,
        };
}
