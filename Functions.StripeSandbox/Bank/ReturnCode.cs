namespace Autopay.StripeSandbox.Bank;

/// <summary>
/// An ACH return as Stripe reports it: `network` is the raw Nacha code (docs.stripe.com/declines/network-codes),
/// `decline` Stripe's word for it in that table, `code` the older error code that `failure_code` and
/// `last_payment_error.code` carry.
/// </summary>
internal sealed record ReturnCode(string Network, string Code, string Decline, string Message)
{
    private static readonly Dictionary<string, ReturnCode> Known = All()
        .ToDictionary(code => code.Network, StringComparer.Ordinal);

    /// <summary>Stripe blocks the account after every return but "no money at the moment".</summary>
    public bool BlocksAccount => Decline != "insufficient_funds";

    public static ReturnCode? Find(string network) => Known.GetValueOrDefault(network);

    /// <summary>Accepts what a person would type: `R02`, `account_closed` or `bank_account_closed`.</summary>
    public static ReturnCode? FindAny(string name) =>
        Find(name)
        ?? All().FirstOrDefault(known => known.Code == name)
        ?? All().FirstOrDefault(known => known.Decline == name);

    private static IEnumerable<ReturnCode> All() =>
        [
            InsufficientFunds("R01"),
            InsufficientFunds("R09"),
            new("R02", "account_closed", "bank_account_closed", "The customer's bank account has been closed."),
            new(
                "R03",
                "no_account",
                "bank_account_invalid_details",
                "The customer's bank account could not be located."
            ),
            new(
                "R04",
                "account_number_invalid",
                "bank_account_invalid_details",
                "The customer's bank account number is invalid."
            ),
            NotAuthorized("R10"),
            NotAuthorized("R05"),
            NotAuthorized("R07"),
            NotAuthorized("R08"),
            NotAuthorized("R11"),
            NotAuthorized("R29"),
            NotAuthorized("R31"),
            new(
                "R15",
                "bank_account_restricted",
                "recipient_deceased",
                "The customer's bank account can't be debited."
            ),
            new("R16", "bank_account_restricted", "bank_account_frozen", "The customer's bank account is frozen."),
            new(
                "R20",
                "bank_account_restricted",
                "bank_account_restricted",
                "The customer's bank account can't be debited by ACH."
            ),
        ];

    private static ReturnCode InsufficientFunds(string network) =>
        new(
            network,
            "insufficient_funds",
            "insufficient_funds",
            "The customer's account has insufficient funds to cover this payment."
        );

    private static ReturnCode NotAuthorized(string network) =>
        new(
            network,
            "debit_not_authorized",
            "debit_not_authorized",
            "The customer has notified their bank that this payment was unauthorized."
        );
}
