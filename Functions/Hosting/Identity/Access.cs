using System.Collections.Frozen;

namespace Autopay.Hosting;

/// <summary>Who may call which function over HTTP. What is not in this table nobody may call.</summary>
internal static class Access
{
    private static readonly Role[] Everybody = Enum.GetValues<Role>();
    private static readonly Role[] NoRole = [];

    private static readonly FrozenDictionary<string, Role[]> Table = new (Role[] Roles, string[] Functions)[]
    {
        // Open: the provider signs its webhooks, and probes carry no identity.
        (NoRole, ["StripeWebhook", "HealthLive", "HealthReady"]),
        (Everybody, ["GetAccount", "GetControls", "GetCycle", "GetCycles", "GetImport", "GetFindings", "GetStuck", "GetWork", "GetSuspense", "GetWaitingRows", "GetReconciles", "GetReconcile", "GetInvariants", "GetReturnRates", "GetReceipts", "GetReceiptBatch", "GetMonth", "GetPayouts"]),
        ([Role.Operator, Role.Auditor], ["GetBackups"]),
        ([Role.Importer], ["PostImport"]),
        ([Role.Importer, Role.Operator], ["PostImportAgain"]),
        ([Role.Preparer], ["PostDeferral", "DeleteDeferral", "PutBacklog", "PostWaiver", "PostShield", "AssignSuspense", "DiscardSuspense", "KeepCredit"]),
        ([Role.Preparer], ["PutAutopay", "PutSuspension", "SkipBill", "RearmBill", "RearmImport", "PutExemption", "DismissWarnings", "PostCorrectionTake", "PostCorrectionKeep", "PostWaitingRowApply", "PostWaitingRowDiscard", "PostImportAside"]),
        ([Role.Approver], ["ApproveDebit", "CancelDebit", "PostRefund"]),
        ([Role.Operator], ["PutHalt", "Tick", "HealthDeep", "PostReconcile", "PostBackup", "PutReconcileBeforeCharge", "PostInvariants", "ReplayStuck", "DiscardStuck", "PostReceipts"]),
    }.SelectMany(row => row.Functions.Select(function => (Function: function, row.Roles))).ToFrozenDictionary(row => row.Function, row => row.Roles);

    public static IEnumerable<string> Functions => Table.Keys;

    /// <summary>Open to all: no identity is asked for.</summary>
    public static bool IsOpen(string function) => Table.TryGetValue(function, out var roles) && roles.Length == 0;

    public static bool Allows(string function, Caller caller) => Table.TryGetValue(function, out var roles) && roles.Any(caller.Roles.Contains);

    /// <summary>For the answer that tells a person what to ask for.</summary>
    public static string Needed(string function) => Table.TryGetValue(function, out var roles) ? string.Join(" or ", roles) : "none";
}
