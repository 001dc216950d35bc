namespace Autopay.Imports;

/// <summary>
/// The kinds of CSV file, as records of imports name them; <see cref="ImportFormat"/> says what each is.
/// </summary>
public enum ImportKind
{
    Accounts,
    Bills,
    Payments,
    PaymentReversals,
    BillAdjustments,
    Balances,
    ControlTotals,
    Penalties,
}

public static class ImportKinds
{
    extension(ImportKind kind)
    {
        public ImportFormat FileFormat => ImportFormat.Of(kind);

        public string ToText() => kind.FileFormat.Name;
    }
}
