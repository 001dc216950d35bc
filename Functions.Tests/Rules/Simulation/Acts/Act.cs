namespace Autopay.Tests.Rules.Simulation.Acts;

/// <summary>What can be done to the world. The numbers of an act choose among what there is.</summary>
internal enum ActKind
{
    Bills,
    Payment,
    Reversal,
    Adjustment,
    FileAgain,
    NewMethod,
    NewMandate,
    NewPayer,
    MoveCycle,
    FileAutopay,
    OpenAccount,
    LookAlike,
    EarlyBills,
    EarlyPayment,
    EarlyReversal,
    EarlyAdjustment,
    BillElsewhere,
    PaymentElsewhere,
    BillAgain,
    PaymentAgain,
    CreditBill,
    NewIds,
    OddDate,
    WrongBalance,
    Minutes,
    Hours,
    DueDate,
    Days,
    Nothing,
    Sweep,
    DueDateRun,
    Reconcile,
    CheckInvariants,
    Hold,
    Merge,
    Clear,
    Reopen,
    Withdraw,
    Halt,
    Resume,
    Skip,
    Rearm,
    AutopayOff,
    AutopayOn,
    Suspend,
    Lift,
    Approve,
    Cancel,
    Refund,
    Reverse,
    KeepStored,
    TakeNew,
    ApplyRow,
    DiscardRow,
    AssignPayment,
    DiscardPayment,
    Exempt,
    Include,
    RearmImport,
    SetAside,
    ApplyAgain,
    KeepCredit,
    SkipAlike,
    Dismiss,
    FailNext,
    TableAway,
    QueueAway,
    ProviderAway,
    TooManyRequests,
    RefuseConfirm,
    CrashAtConfirm,
    Crash,
    Freeze,
    Skew,
    EmptyQueues,
    RepeatMessages,
    LoseWebhooks,
    RepeatWebhooks,
    Terminate,
    Release,
    Reject,
    Go,
    StopRelease,
    Mail,
    Bounce,
    Announce,
    WithdrawNotice,
    Waive,
    Shield,
    EndWaiver,
    EndShield,
    Penalise,
}

/// <summary>
/// One act of a run. It carries everything random about itself, and about the steps that the scheduler takes after it,
/// so that the same list without some of its acts is the same story without them.
/// </summary>
/// <param name="Steps">How many steps the workers get after it; null: until nothing is left to do.</param>
internal readonly record struct Act(int Number, ActKind Kind, int Pick, int Cents, int? Steps)
{
    // What drives the city forward comes up more often than what stops it.
    private static readonly (ActKind Kind, int Times)[] Often =
    [
        (ActKind.Bills, 5),
        (ActKind.Payment, 5),
        (ActKind.Adjustment, 3),
        (ActKind.Reversal, 2),
        (ActKind.Minutes, 8),
        (ActKind.Hours, 6),
        (ActKind.DueDate, 10),
        (ActKind.Days, 3),
        (ActKind.Sweep, 18),
        (ActKind.DueDateRun, 3),
        (ActKind.Clear, 6),
        (ActKind.Resume, 3),
        (ActKind.Lift, 3),
        (ActKind.AutopayOn, 2),
        (ActKind.Approve, 2),
        (ActKind.Rearm, 2),
        (ActKind.Refund, 3),
        (ActKind.TakeNew, 4),
        (ActKind.ApplyRow, 5),
        (ActKind.AssignPayment, 2),
        (ActKind.OpenAccount, 5),
        (ActKind.EarlyBills, 3),
        (ActKind.RefuseConfirm, 2),
        (ActKind.Exempt, 4),
        (ActKind.Include, 10),
        (ActKind.KeepCredit, 12),
        (ActKind.Dismiss, 2),
        (ActKind.NewIds, 3),
        (ActKind.SkipAlike, 3),
        (ActKind.SetAside, 2),
        (ActKind.ApplyAgain, 2),
        (ActKind.MoveCycle, 2),
        (ActKind.NewMethod, 5),
        (ActKind.NewMandate, 4),
        (ActKind.PaymentAgain, 2),
        (ActKind.DiscardPayment, 1),
        (ActKind.KeepStored, 2),
        (ActKind.RearmImport, 12),
        (ActKind.FileAutopay, 2),
        (ActKind.Reopen, 3),
        (ActKind.EarlyPayment, 3),
        (ActKind.CrashAtConfirm, 3),
        (ActKind.BillElsewhere, 2),
        (ActKind.WrongBalance, 2),
        (ActKind.FailNext, 16),
        (ActKind.Crash, 5),
        (ActKind.Terminate, 5),
        (ActKind.Freeze, 2),
        (ActKind.RepeatMessages, 2),
        (ActKind.Hold, 2),
    ];

    private static readonly ActKind[] Kinds =
    [
        .. Enum.GetValues<ActKind>().Where(kind => kind <= ActKind.Terminate),
        .. Often.SelectMany(it => Enumerable.Repeat(it.Kind, it.Times)),
    ];

    // It takes a clear and three acts of two people before anything goes.
    private static readonly ActKind[] OfReleases =
    [
        .. Enumerable.Repeat(ActKind.Release, 100),
        .. Enumerable.Repeat(ActKind.Hold, 20),
        .. Enumerable.Repeat(ActKind.Clear, 30),
        .. Enumerable.Repeat(ActKind.Adjustment, 20),
        .. Enumerable.Repeat(ActKind.Payment, 30),
        .. Enumerable.Repeat(ActKind.Reopen, 12),
        .. Enumerable.Repeat(ActKind.Reject, 8),
        .. Enumerable.Repeat(ActKind.Go, 16),
        .. Enumerable.Repeat(ActKind.StopRelease, 4),
    ];

    private static readonly ActKind[] OfNotices =
    [
        .. Enumerable.Repeat(ActKind.Mail, 60),
        .. Enumerable.Repeat(ActKind.Bounce, 12),
        .. Enumerable.Repeat(ActKind.Announce, 12),
        .. Enumerable.Repeat(ActKind.WithdrawNotice, 8),
        .. Enumerable.Repeat(ActKind.Hold, 15),
        .. Enumerable.Repeat(ActKind.Clear, 20),
        .. Enumerable.Repeat(ActKind.Adjustment, 25),
        .. Enumerable.Repeat(ActKind.Days, 25),
        .. Enumerable.Repeat(ActKind.DueDate, 25),
        .. Enumerable.Repeat(ActKind.Sweep, 25),
    ];

    private static readonly ActKind[] OfProtections =
    [
        .. Enumerable.Repeat(ActKind.Waive, 12),
        .. Enumerable.Repeat(ActKind.Shield, 12),
        .. Enumerable.Repeat(ActKind.EndWaiver, 8),
        .. Enumerable.Repeat(ActKind.EndShield, 8),
        .. Enumerable.Repeat(ActKind.Penalise, 24),
        .. Enumerable.Repeat(ActKind.Hold, 8),
        .. Enumerable.Repeat(ActKind.Merge, 8),
    ];

    /// <summary>Whether it is something that goes wrong, rather than something that somebody does.</summary>
    public bool IsFault => Kind is >= ActKind.FailNext and <= ActKind.Terminate;

    /// <summary>
    /// The history of a seed. It begins with bills, or there would be nothing to go wrong. Each leaves out kinds of its
    /// own: what is rare among everything is frequent among few.
    /// </summary>
    public static IReadOnlyList<Act> HistoryOf(int seed)
    {
        var random = new Random(seed);
        var length = random.Next(30, 90);
        var share = random.Next(30, 101);
        var left = Kinds.Distinct().Where(_ => random.Next(100) < share).ToHashSet();
        var kinds = Kinds.Where(kind => left.Contains(kind) || kind is ActKind.Sweep or ActKind.DueDate).ToList();
        kinds.AddRange(ReleaseActs.AreIn(seed) ? OfReleases : []);
        kinds.AddRange(NoticeActs.AreIn(seed) ? OfNotices : []);
        kinds.AddRange(ProtectionActs.AreIn(seed) ? OfProtections : []);
        return
        [
            .. Enumerable
                .Range(0, length)
                .Select(number => new Act(
                    number,
                    number == 0 ? ActKind.Bills : kinds[random.Next(kinds.Count)],
                    random.Next(1000),
                    random.Next(12_000),
                    random.Next(3) == 0 ? null : random.Next(60)
                )),
        ];
    }

    public override string ToString() =>
        $"#{Number} {Kind}({Pick},{Cents}) then {(Steps is { } steps ? $"{steps} steps" : "until idle")}";
}
