namespace Autopay.Pages.Accounts;

/// <summary>What a form asks for beside the reason.</summary>
public enum ActFields
{
    None,

    /// <summary>A switch that is set on, or off.</summary>
    On,
    Off,

    /// <summary>The amount that was shown.</summary>
    Amount,

    /// <summary>An amount, and whether it is a refund or a reversal.</summary>
    Refund,
}

/// <summary>One thing that a person may do about an account, and the route that does it.</summary>
/// <param name="Key">Of its words and its address.</param>
/// <param name="Function">Of the route: who may call it may do it.</param>
/// <param name="Send">Method and path.</param>
/// <param name="Subject">The bill, debit or payment that it is about; empty: the account.</param>
/// <param name="Cents">The money that it is about.</param>
public sealed record AccountAct(
    string Key,
    string Function,
    string Send,
    string Subject = "",
    Money? Cents = null,
    ActFields Fields = ActFields.None
)
{
    /// <summary>What a file says, in the words of the record; null where no file is about it.</summary>
    public string? Detail { get; init; }

    /// <summary>The deferral that it is about beside its subject; empty of every other act.</summary>
    public string Under { get; init; } = "";

    /// <summary>It moves money, or ends what would: its button stands out.</summary>
    public bool IsGrave => Key is "refund" or "cancel";

    public string Href(AccountId account) =>
        PageLinks.Account(account)
        + $"/do/{Key}"
        + (Subject.Length == 0 ? "" : $"?of={Uri.EscapeDataString(Subject)}")
        + (Under.Length == 0 ? "" : $"&under={Uri.EscapeDataString(Under)}");

    /// <summary>Everything that can be done now, whoever may.</summary>
    public static IEnumerable<AccountAct> Of(AccountLedger ledger, Controls controls)
    {
        var root = $"/api/accounts/{Uri.EscapeDataString(ledger.Id.Value)}";
        return
        [
            .. ledger
                .PaidTwice()
                .Select(twice => twice.Payment)
                .Union(ledger.RefundList())
                .Select(it => Keep(root, it)),
            .. ledger
                .Debits.Where(debit => debit.State == DebitState.NeedsReview)
                .SelectMany(it => Review(root, ledger, it)),
            .. ledger.Corrections.SelectMany(correction => Decide(root, correction)),
            .. ledger.BillsOldestFirst().SelectMany(bill => OfBill(root, ledger, bill)),
            .. ExemptActs.Of(ledger, controls),
            .. ledger
                .Debits.Where(debit => debit.Kept.IsPositive)
                .OrderByDescending(it => it.Id)
                .Take(3)
                .Select(it => Refund(root, it)),
            .. Switches(root, ledger),
        ];
    }

    private static AccountAct Keep(string root, Funds funds) =>
        new(
            "keep",
            "KeepCredit",
            $"POST {root}/payments/{Uri.EscapeDataString(funds.Id.Value)}/keep",
            funds.Id.Value,
            funds.Left
        );

    private static IEnumerable<AccountAct> Review(string root, AccountLedger ledger, Debit debit)
    {
        var (open, path) = (ledger.OpenOn(debit), $"{root}/debits/{Uri.EscapeDataString(debit.Id.Value)}");
        return
        [
            new("approve", "ApproveDebit", $"POST {path}/approve", debit.Id.Value, open),
            new("cancel", "CancelDebit", $"POST {path}/cancel", debit.Id.Value, open),
        ];
    }

    // What a file says of a bill or payment against what is stored (R29, R31).
    private static IEnumerable<AccountAct> Decide(string root, Correction correction)
    {
        var (item, says) = correction.Bill is { } bill
            ? ("bill", Versions.Of(bill))
            : ("payment", Versions.Of(correction.Payment!));
        var (id, path) = (correction.Id, $"{root}/corrections/{item}/{Uri.EscapeDataString(correction.Id)}");
        return
        [
            new("take", "PostCorrectionTake", $"POST {path}/take", id) { Detail = says },
            new("leave", "PostCorrectionKeep", $"POST {path}/keep", id) { Detail = says },
        ];
    }

    private static IEnumerable<AccountAct> OfBill(string root, AccountLedger ledger, Bill bill)
    {
        var path = $"{root}/bills/{Uri.EscapeDataString(bill.Id.Value)}";
        var nothingTakesIt = bill.Open.IsPositive && ledger.LiveDebitOf(bill.Id) is null;
        if (bill.Skipped || bill.Blocked is not null || nothingTakesIt)
        {
            yield return new("rearm", "RearmBill", $"POST {path}/rearm", bill.Id.Value, bill.Open);
        }

        if (!bill.Skipped && bill.Open.IsPositive && bill.InFlight.IsZero)
        {
            yield return new("skip", "SkipBill", $"POST {path}/skip", bill.Id.Value, bill.Open);
        }

        if (ledger.Warnings.FirstOrDefault(it => it.Bill == bill.Id && it.Lacking is not null)?.Lacking is { } lacking)
        {
            yield return new(
                "accept",
                "AcceptPrevious",
                $"POST {path}/accept-previous",
                bill.Id.Value,
                lacking,
                ActFields.Amount
            );
        }

        if (ledger.Warnings.Any(warning => warning.Bill == bill.Id))
        {
            yield return new("dismiss", "DismissWarnings", $"POST {path}/dismiss", bill.Id.Value);
        }
    }

    private static AccountAct Refund(string root, Debit debit) =>
        new(
            "refund",
            "PostRefund",
            $"POST {root}/debits/{Uri.EscapeDataString(debit.Id.Value)}/refunds",
            debit.Id.Value,
            debit.Kept,
            ActFields.Refund
        );

    private static IEnumerable<AccountAct> Switches(string root, AccountLedger ledger)
    {
        if (ledger.Enrolment is not null)
        {
            yield return ledger.AutopayIsOn
                ? new("autopay-off", "PutAutopay", $"PUT {root}/autopay", Fields: ActFields.Off)
                : new("autopay-on", "PutAutopay", $"PUT {root}/autopay", Fields: ActFields.On);
        }

        yield return ledger.Suspension is null
            ? new("suspend", "PutSuspension", $"PUT {root}/suspension", Fields: ActFields.On)
            : new("lift", "PutSuspension", $"PUT {root}/suspension", Fields: ActFields.Off);
    }
}
