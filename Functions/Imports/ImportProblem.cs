namespace Autopay.Imports;

/// <summary>What is wrong with a file, and where.</summary>
/// <param name="Line">Counted from 1, the header's line; 0 when the whole file is meant.</param>
/// <param name="Column">The column's name; empty when the whole line is meant.</param>
public sealed record ImportProblem(int Line, string Column, string Found, string Expected)
{
    /// <summary>What a person can do about it, as a sentence or two; null when found and expected say enough.</summary>
    public string? Advice { get; init; }

    public override string ToString() =>
        $"line {Line}{(Column.Length == 0 ? "" : $", {Column}")}: found {Found}, expected {Expected}"
        + $"{(Advice is null ? "" : $". {Advice}")}";
}

/// <summary>One checked row: whose it is, and what it asks of that account's ledger.</summary>
/// <param name="Id">What names the row within its kind: a bill, a payment, an adjustment, an account.</param>
/// <param name="Cents">What the control total adds up.</param>
public sealed record ImportRow(
    int Line,
    AccountId Account,
    string Id,
    Money Cents,
    Func<Moment, LedgerCommand> ToCommand
)
{
    /// <summary>The payment of a payments row: what goes into suspense when the account is unknown.</summary>
    public Func<Moment, Funds>? Payment { get; init; }

    /// <summary>The total of a control totals row, which is no account's, as if whoever is named counted it.</summary>
    public Func<Authority, ControlTotal>? Total { get; init; }

    /// <summary>A row of the city: it asks nothing of any ledger.</summary>
    public static ImportRow OfCity(int line, string id, Money cents) =>
        new(
            line,
            new AccountId(""),
            id,
            cents,
            _ => throw new InvalidOperationException($"Row {id} is of no account and asks nothing of one.")
        );
}

/// <summary>How a file is judged beyond what can be read of it.</summary>
public sealed record ImportRules
{
    /// <summary>
    /// Takes the rows that are readable but contradict the rules, with the reason (R40). Null: such a row is a problem,
    /// and the file is refused.
    /// </summary>
    public Action<ImportRow, string>? SetAside { get; init; }

    /// <summary>
    /// The city's day on which the file arrived: nothing can be received after it (R35). Null when that is not to be
    /// judged.
    /// </summary>
    public DateOnly? Today { get; init; }
}

/// <summary>What a reading of a whole file found.</summary>
/// <param name="Problems">At most <see cref="ImportReader.MostProblems"/>; the count says how many there are.</param>
/// <param name="Rows">All readable rows and those with problems, set aside or not; empty ones do not count.</param>
/// <param name="Total">The signed sum of all readable rows, those that are set aside included, cents.</param>
public sealed record ImportCheck(int Rows, Money Total, IReadOnlyList<ImportProblem> Problems, int ProblemCount)
{
    /// <summary>The rows above zero together; with <see cref="Takes"/> the total.</summary>
    public Money Adds { get; init; }

    /// <summary>The rows below zero together.</summary>
    public Money Takes { get; init; }

    /// <summary>How many payments the reversals name, whose rows have no cents; null for other kinds.</summary>
    public int? Payments { get; init; }

    /// <summary>Rows that are readable but contradict the rules, and their sum (R40).</summary>
    public int SetAside { get; init; }

    public Money SetAsideTotal { get; init; }

    public bool IsGood => ProblemCount == 0;

    /// <summary>There are more problems than are listed.</summary>
    public bool IsCut => ProblemCount > Problems.Count;
}
