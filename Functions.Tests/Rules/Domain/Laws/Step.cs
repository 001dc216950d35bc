using CsCheck;

namespace Autopay.Tests.Rules.Domain.Laws;

internal enum StepKind
{
    Days,
    Run,
    Evaluate,
    PreChargeCheck,
    Confirm,
    Lost,
    Yes,
    No,
    MustAct,
    BankReturn,
    Refund,
    RefundAnswer,
    RefundByHand,
    Bill,
    Payment,
    NamedPayment,
    Reversal,
    Adjustment,
    Balance,
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
    NewMethod,
    NewCap,
    NewPayer,
    Exempt,
}

/// <summary>One thing that may happen to an account; the numbers choose among what there is.</summary>
internal readonly record struct Step(StepKind Kind, int Pick, int Cents)
{
    // What drives an account forward comes up more often than what stops it.
    private static readonly (StepKind Kind, int Times)[] Often =
    [
        (StepKind.Bill, 9),
        (StepKind.Run, 14),
        (StepKind.Days, 2),
        (StepKind.Evaluate, 4),
        (StepKind.PreChargeCheck, 3),
        (StepKind.Yes, 5),
        (StepKind.No, 4),
        (StepKind.BankReturn, 3),
        (StepKind.Refund, 3),
        (StepKind.RefundAnswer, 4),
        (StepKind.Payment, 4),
        (StepKind.NamedPayment, 2),
        (StepKind.Adjustment, 4),
        (StepKind.Reversal, 3),
        (StepKind.Clear, 3),
        (StepKind.Resume, 5),
        (StepKind.AutopayOn, 3),
        (StepKind.Lift, 6),
        (StepKind.Approve, 5),
        (StepKind.Merge, 2),
        (StepKind.Withdraw, 2),
        (StepKind.Rearm, 3),
    ];

    private static readonly StepKind[] Money =
    [
        StepKind.Bill,
        StepKind.Payment,
        StepKind.NamedPayment,
        StepKind.Adjustment,
        StepKind.Reversal,
    ];

    private static readonly StepKind[] Arranging =
    [
        StepKind.Bill,
        StepKind.Bill,
        StepKind.Bill,
        StepKind.Days,
        StepKind.Merge,
        StepKind.Hold,
        StepKind.Clear,
        StepKind.Skip,
        StepKind.Payment,
        StepKind.Run,
    ];

    public static Gen<Step[]> Anything { get; } =
        Of([.. Enum.GetValues<StepKind>(), .. Often.SelectMany(it => Enumerable.Repeat(it.Kind, it.Times))], most: 60);

    /// <summary>Bills that are merged and charged, with money and finance in between.</summary>
    public static Gen<Step[]> AnyMerge { get; } =
        Of([.. Arranging, .. Arranging, .. Money, StepKind.Merge, StepKind.Run, StepKind.Yes, StepKind.No], most: 50);

    public static Gen<Step[]> AnyMoney { get; } = Of(Money, most: 20);

    public static Gen<Step[]> AnyArrangement { get; } = Of(Arranging, most: 25);

    public override string ToString() => $"{Kind}({Pick},{Cents})";

    private static Gen<Step[]> Of(StepKind[] kinds, int most) =>
        Gen.Select(
            Gen.OneOfConst(kinds),
            Gen.Int[0, 999],
            Gen.Int[0, 12_000],
            (kind, pick, cents) => new Step(kind, pick, cents)
        ).Array[1, most];
}
