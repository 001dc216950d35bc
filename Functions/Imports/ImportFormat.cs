using System.Text.Json;
using Autopay.Imports.Formats;
using Autopay.Imports.Reading;

namespace Autopay.Imports;

/// <summary>What a row is about.</summary>
public enum ImportedItem
{
    Nothing,
    Account,
    Bill,
    Payment,
}

/// <param name="Name">As the header spells it.</param>
public sealed record ImportColumn(string Name)
{
    /// <summary>A file may do without it; its cells may be empty then, too.</summary>
    public bool MayLeaveOut { get; init; }

    /// <summary>What a person must know of its values; null when the name says it.</summary>
    public string? Note { get; init; }

    /// <summary>It holds civil days, in one order for the whole file.</summary>
    public bool IsDay { get; init; }
}

/// <summary>Everything that is particular to one kind of CSV file. A new kind is one of these in the list.</summary>
/// <param name="IdColumn">The column that names a row within its account: a file does not repeat it.</param>
public sealed record ImportFormat(ImportKind Kind, string IdColumn, IReadOnlyList<ImportColumn> Columns)
{
    public static IReadOnlyList<ImportFormat> All { get; } =
    [
        AccountsFormat.Format,
        BillsFormat.Format,
        PaymentsFormat.Format,
        PaymentReversalsFormat.Format,
        BillAdjustmentsFormat.Format,
        BalancesFormat.Format,
        ControlTotalsFormat.Format,
        PenaltiesFormat.Format,
    ];

    /// <summary>The names of all kinds, for a person.</summary>
    public static string AllNames => string.Join(", ", All.Select(format => format.Name));

    /// <summary>The kind's name in routes and timelines: lower case with hyphens.</summary>
    public string Name { get; } = JsonNamingPolicy.KebabCaseLower.ConvertName(Kind.ToString());

    /// <summary>One row, checked by itself and turned into what it asks of the ledger.</summary>
    internal Func<FieldReader, ImportRow> Read { get; init; } =
        _ => throw new InvalidOperationException("The format reads no row.");

    /// <summary>Rows have cents, which the control totals add up.</summary>
    public bool HasAmount { get; init; } = true;

    /// <summary>What a row brings into the books, under an id of its own.</summary>
    public ImportedItem Brings { get; init; }

    /// <summary>What a row is about and does not bring: it may come before it does (R33).</summary>
    public ImportedItem Names { get; init; }

    /// <summary>A row that comes early waits; otherwise it is only counted.</summary>
    public bool Waits { get; init; } = true;

    /// <summary>Its rows are of accounts; otherwise they are of the city, and touch no ledger.</summary>
    public bool HasAccounts { get; init; } = true;

    /// <summary>The header that a file of this kind has when it leaves nothing out.</summary>
    public IEnumerable<string> Header => Columns.Select(column => column.Name);

    public bool MayLeaveOut(string column) => Columns.Any(it => it.Name == column && it.MayLeaveOut);

    /// <summary>A file of this kind could have these columns: all that are needed, and no other.</summary>
    public bool Fits(IReadOnlyCollection<string> names) =>
        names.All(Header.Contains) && Columns.All(column => column.MayLeaveOut || names.Contains(column.Name));

    /// <exception cref="InvalidOperationException">The kind has no format.</exception>
    public static ImportFormat Of(ImportKind kind) =>
        All.FirstOrDefault(format => format.Kind == kind)
        ?? throw new InvalidOperationException($"The import kind {kind} has no format.");

    /// <summary>The kind of that name; null when there is none.</summary>
    public static ImportFormat? Find(string? name) => All.FirstOrDefault(format => format.Name == name);
}
