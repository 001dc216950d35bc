namespace Autopay.Samples.Generator.Stories;

internal enum Story
{
    Plain,
    PaidInFull,
    PaidInPart,
    Overpaid,
    PaidLate,
    BouncedCheck,
    SmallRemainder,
    AutopayOff,
    SwitchedOff,
    Skipped,
    OverCap,
    InsufficientFunds,
    AccountClosed,
    NoAccount,
    NotAuthorized,
    Disputed,
    Adjusted,
    BilledTooLow,
}
