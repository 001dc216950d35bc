using Autopay.Samples.Generator.Stories;

namespace Autopay.Samples.Generator.Accounts;

/// <summary>What a story needs to have on the account from the start.</summary>
internal static class Enrolment
{
    public static Account For(Account account, Story story, CityDraft city, long firstChargesCents) =>
        story switch
        {
            Story.AutopayOff => account with { Autopay = false },
            Story.OverCap => account with { MaxDebitCents = firstChargesCents - city.Random.Next(1, 1_000) },
            _ => account with { PaymentMethod = FailingMethod(story) },
        };

    /// <summary>Null: a payment method that succeeds.</summary>
    public static string? FailingMethod(Story story) =>
        story switch
        {
            Story.InsufficientFunds => "pm_usBankAccount_insufficientFunds",
            Story.AccountClosed => "pm_usBankAccount_accountClosed",
            Story.NoAccount => "pm_usBankAccount_noAccount",
            Story.NotAuthorized => "pm_usBankAccount_debitNotAuthorized",
            Story.Disputed => "pm_usBankAccount_dispute",
            _ => null,
        };
}
