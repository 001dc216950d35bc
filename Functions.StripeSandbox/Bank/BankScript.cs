using Autopay.StripeSandbox.Resources;

namespace Autopay.StripeSandbox.Bank;

/// <summary>
/// What the bank behind a payment method does. The id decides; one that says nothing is an account that always pays.
/// </summary>
internal sealed record BankScript(
    string Type,
    BankBehaviour Behaviour,
    ReturnCode? Return = null,
    string? CardDecline = null
)
{
    private const string BankPrefix = "pm_usBankAccount_";

    public bool IsCard => Type == PaymentMethod.Card_;

    public static BankScript For(string paymentMethod) =>
        paymentMethod switch
        {
            "pm_usBankAccount_accountClosed" => Returned("R02"),
            "pm_usBankAccount_noAccount" => Returned("R03"),
            "pm_usBankAccount_insufficientFunds" => Returned("R01"),
            "pm_usBankAccount_debitNotAuthorized" => Returned("R10"),
            "pm_usBankAccount_dispute" => Account(BankBehaviour.PaysThenDisputes),
            "pm_usBankAccount_processing" => Account(BankBehaviour.NeverAnswers),
            "pm_usBankAccount_requiresMicrodeposits" => Account(BankBehaviour.AsksForMicrodeposits),
            "pm_card_authenticationRequired" => new(PaymentMethod.Card_, BankBehaviour.AsksForAuthentication),
            "pm_card_chargeDeclined" => DeclinedCard("generic_decline"),
            "pm_card_chargeDeclinedInsufficientFunds" or "pm_card_visa_chargeDeclinedInsufficientFunds" => DeclinedCard(
                "insufficient_funds"
            ),
            _ when paymentMethod.StartsWith("pm_card_", StringComparison.Ordinal) => new(
                PaymentMethod.Card_,
                BankBehaviour.Pays
            ),
            _ => ByReturnCode(paymentMethod) ?? Account(BankBehaviour.Pays),
        };

    /// <summary>
    /// Beyond Stripe's own test ids: `pm_usBankAccount_R29` comes back with that code, for each code that Stripe lists.
    /// </summary>
    private static BankScript? ByReturnCode(string id) =>
        id.StartsWith(BankPrefix, StringComparison.Ordinal) && ReturnCode.Find(id[BankPrefix.Length..]) is { } code
            ? Returned(code.Network)
            : null;

    private static BankScript Returned(string network) =>
        new(PaymentMethod.BankAccount_, BankBehaviour.Returns, ReturnCode.Find(network));

    private static BankScript Account(BankBehaviour behaviour) => new(PaymentMethod.BankAccount_, behaviour);

    private static BankScript DeclinedCard(string decline) =>
        new(PaymentMethod.Card_, BankBehaviour.Declines, CardDecline: decline);
}

internal enum BankBehaviour
{
    Pays,
    PaysThenDisputes,
    Returns,
    Declines,
    NeverAnswers,
    AsksForAuthentication,
    AsksForMicrodeposits,
}
