namespace Autopay.Domain.Provider;

/// <summary>What a bank's "no" does beyond this debit (R17, R19, R37).</summary>
public enum ReturnAction
{
    /// <summary>Insufficient or uncollected funds: tried again.</summary>
    Retry,

    /// <summary>The bank account is of no use: autopay is suspended until there is a new payment method.</summary>
    Suspend,

    /// <summary>The customer or the bank objects: never tried again, frozen until a person has looked.</summary>
    Freeze,

    /// <summary>Only this debit ends; a person may send it anew.</summary>
    EndDebit,
}

/// <summary>The one map from return codes to actions.</summary>
public static class ReturnCodes
{
    /// <summary>The customer must act (R21).</summary>
    public const string RequiresAction = "requires_action";

    public const string CancelledAtTheProvider = "cancelled at the provider";

    /// <summary>
    /// The provider's own word where the network gave no code: some objection, nobody knows which (R37).
    /// </summary>
    private const string NotAuthorized = "debit_not_authorized";

    /// <summary>The provider has blocked the bank account and sends it nothing: no bank said no (R37).</summary>
    private const string BlockedAccount = "bank_account_unusable";

    public static ReturnAction ActionOf(string code) =>
        code switch
        {
            "R01" or "R09" => ReturnAction.Retry,
            "R02" or "R03" or "R04" or "R16" or "R20" or "R31" => ReturnAction.Suspend,
            "expired_card"
            or "lost_card"
            or "stolen_card"
            or "pickup_card"
            or "authentication_required"
            or NotAuthorized
            or BlockedAccount => ReturnAction.Suspend,
            "R05" or "R07" or "R10" or "R14" or "R15" or "R29" => ReturnAction.Freeze,
            _ => ReturnAction.EndDebit,
        };

    /// <summary>
    /// Whether the "no" is because of the customer: their funds, their account, their word to their bank. Nobody else's
    /// "no" makes a bill late (R42).
    /// </summary>
    public static bool IsOfTheCustomer(string code) =>
        code
            is "R01"
                or "R02"
                or "R03"
                or "R04"
                or "R07"
                or "R08"
                or "R09"
                or "R16"
                or "R20"
                or "expired_card"
                or "lost_card"
                or "stolen_card"
                or "pickup_card"
                or "authentication_required"
                or RequiresAction;

    /// <summary>What the return-rate ceilings count it as, beside "overall"; null for the others.</summary>
    public static ReturnFamily? FamilyOf(string code) =>
        code switch
        {
            "R05" or "R07" or "R10" or "R11" or "R29" or "R51" or "fraudulent" or "unrecognized" =>
                ReturnFamily.Unauthorized,
            "R02" or "R03" or "R04" => ReturnFamily.Administrative,
            _ => null,
        };

    /// <summary>
    /// Whether it is a "no" of the bank or the provider to the customer's money, rather than the end of an intent
    /// (R36).
    /// </summary>
    public static bool IsNo(string code) => code is not (RequiresAction or CancelledAtTheProvider or BlockedAccount);

    /// <summary>
    /// Whether the bank sent the entry back; a refusal of the provider itself never reached the network.
    /// </summary>
    public static bool IsReturn(string? code) => code is ['R', >= '0' and <= '9', >= '0' and <= '9'];

    public static string Meaning(string code) =>
        code switch
        {
            "R01" => "insufficient funds",
            "R02" => "account closed",
            "R03" => "no account, or unable to locate it",
            "R04" => "invalid account number",
            "R05" => "unauthorized debit to a consumer account",
            "R07" => "authorization revoked by the customer",
            "R08" => "payment stopped by the customer",
            "R09" => "uncollected funds",
            "R10" => "customer advises not authorized",
            "R14" => "the payee's representative is deceased or cannot act",
            "R15" => "the account holder is deceased",
            "R31" => "permissible return of a corporate account",
            "R11" => "entry not in accordance with the authorization: correct it and send it anew",
            "R16" => "account frozen at the bank",
            "R20" => "not a transaction account",
            "R29" => "corporate customer advises not authorized",
            "expired_card" => "the card has expired",
            "lost_card" or "stolen_card" or "pickup_card" => "the card is reported lost or stolen",
            "authentication_required" => "the card's bank wants the customer to authenticate",
            NotAuthorized => "not authorized, by the provider's word; the bank gave no code",
            BlockedAccount => "the provider has blocked the bank account, and sent nothing to the bank",
            _ => "refused by the bank or the provider",
        };
}
