namespace Autopay.Imports;

/// <summary>What is wrong with a file, and where.</summary>
/// <param name="Line">Counted from 1, the header's line; 0 when the whole file is meant.</param>
/// <param name="Column">The column's name; empty when the whole line is meant.</param>
public sealed record ImportProblem(int Line, string Column, string Found, string Expected)
{
    public override string ToString() =>
        $"line {Line}{(Column.Length == 0 ? "" : $", {Column}")}: found {Found}, expected {Expected}";
}

/// <summary>One checked row: whose it is, and what it asks of that account's ledger.</summary>
/// <param name="Id">What names the row within its kind: a bill, a payment, an adjustment, an account.</param>
/// <param name="Cents">What the control total adds up.</param>
public sealed record ImportRow(int Line, AccountId Account, string Id, Money Cents, Func<Moment, LedgerCommand> ToCommand)
{
    /// <summary>The payment of a payments row: what goes into suspense when the account is unknown.</summary>
    public Func<Moment, Funds>? Payment { get; init; }
}

/// <summary>What a reading of a whole file found.</summary>
/// <param name="Problems">At most <see cref="ImportReader.MostProblems"/>; the count says how many there are.</param>
public sealed record ImportCheck(int Rows, Money Total, IReadOnlyList<ImportProblem> Problems, int ProblemCount)
{
    public bool IsGood => ProblemCount == 0;
}
