using CsCheck;

namespace Autopay.Tests.Domain.Laws;

internal enum StepKind
{
    Days, Run, Evaluate, LastLook, Confirm, Lost,
    Yes, No, MustAct, Comeback,
    Bill, Payment, NamedPayment, Reversal, Adjustment, Balance,
    Hold, Merge, Clear, Reopen, Withdraw, Halt, Resume,
    Skip, Rearm, AutopayOff, AutopayOn, Suspend, Lift, Approve, Cancel, NewMethod, NewCap,
}

/// <summary>One thing that may happen to an account; the numbers choose among what there is.</summary>
internal readonly record struct Step(StepKind Kind, int Pick, int Cents)
{
    // What drives an account forward comes up more often than what disturbs it.
    private static readonly StepKind[] Often =
    [
        StepKind.Bill, StepKind.Bill, StepKind.Payment, StepKind.Days, StepKind.Days, StepKind.Run, StepKind.Run, StepKind.Run, StepKind.Yes, StepKind.No, StepKind.Resume,
    ];

    private static readonly StepKind[] Money = [StepKind.Bill, StepKind.Payment, StepKind.NamedPayment, StepKind.Adjustment, StepKind.Reversal];

    private static readonly StepKind[] Arranging =
    [
        StepKind.Bill, StepKind.Bill, StepKind.Bill, StepKind.Days, StepKind.Merge, StepKind.Hold, StepKind.Clear, StepKind.Skip, StepKind.Payment, StepKind.Run,
    ];

    public static Gen<Step[]> Anything { get; } = Of([.. Enum.GetValues<StepKind>(), .. Often], most: 50);

    public static Gen<Step[]> AnyMoney { get; } = Of(Money, most: 20);

    public static Gen<Step[]> AnyArrangement { get; } = Of(Arranging, most: 25);

    public override string ToString() => $"{Kind}({Pick},{Cents})";

    private static Gen<Step[]> Of(StepKind[] kinds, int most) =>
        Gen.Select(Gen.OneOfConst(kinds), Gen.Int[0, 999], Gen.Int[0, 12_000], (kind, pick, cents) => new Step(kind, pick, cents)).Array[1, most];
}
