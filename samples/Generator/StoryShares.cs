using Autopay.Samples.Generator.Stories;

namespace Autopay.Samples.Generator;

/// <summary>
/// Shares of the accounts (0 to 1) that live a story; what is left over is plain. Each account has at most one story.
/// </summary>
public sealed record StoryShares
{
    public static StoryShares Typical { get; } = new();

    public static StoryShares None { get; } = new(all: 0);

    public double PaidInFull { get; init; } = 0.06;
    public double PaidInPart { get; init; } = 0.06;
    public double Overpaid { get; init; } = 0.03;
    public double PaidLate { get; init; } = 0.02;
    public double BouncedCheck { get; init; } = 0.02;
    public double SmallRemainder { get; init; } = 0.01;
    public double AutopayOff { get; init; } = 0.08;
    public double SwitchedOff { get; init; } = 0.02;
    public double Skipped { get; init; } = 0.02;
    public double OverCap { get; init; } = 0.02;
    public double InsufficientFunds { get; init; } = 0.02;
    public double AccountClosed { get; init; } = 0.01;
    public double NoAccount { get; init; } = 0.01;
    public double NotAuthorized { get; init; } = 0.01;
    public double Disputed { get; init; } = 0.01;
    public double Adjusted { get; init; } = 0.02;
    public double BilledTooLow { get; init; } = 0.01;

    /// <summary>One bill and one payment of accounts that do not exist.</summary>
    public bool Strays { get; init; } = true;

    public StoryShares() { }

    private StoryShares(double all)
    {
        (PaidInFull, PaidInPart, Overpaid, PaidLate, BouncedCheck, SmallRemainder) = (all, all, all, all, all, all);
        (AutopayOff, SwitchedOff, Skipped, OverCap, Adjusted, BilledTooLow) = (all, all, all, all, all, all);
        (InsufficientFunds, AccountClosed, NoAccount, NotAuthorized, Disputed) = (all, all, all, all, all);
        Strays = all > 0;
    }
}
