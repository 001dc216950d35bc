using Autopay.StripeSandbox.Resources;
using Autopay.StripeSandbox.State;

namespace Autopay.StripeSandbox.Payments;

/// <summary>
/// Beyond Stripe's own test ids: payment methods that Stripe does not debit, for files that only name ids.
/// </summary>
internal static class TroubledMethods
{
    /// <summary>No mandate was ever saved with it.</summary>
    public const string NoMandate = "pm_usBankAccount_noMandate";

    /// <summary>It was detached from its customer.</summary>
    public const string Detached = "pm_usBankAccount_detached";

    /// <summary>Stripe has blocked the bank account.</summary>
    public const string Blocked = "pm_usBankAccount_blocked";

    /// <summary>The test id that an attached payment method was made from, else its own.</summary>
    public static string TestIdOf(this SandboxState state, PaymentMethod method) =>
        state.TestBanks.Find(method.Id)?.TestId ?? method.Id;
}
