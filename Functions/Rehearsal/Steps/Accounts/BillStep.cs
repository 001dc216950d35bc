using System.Text.Json.Serialization;

namespace Autopay.Rehearsal.Steps.Accounts;

/// <summary>A person changes what happens to one bill of an account.</summary>
internal abstract record BillStep : AccountStep
{
    [JsonPropertyOrder(-1)]
    public required string Bill { get; init; }

    protected BillId BillId => new(Bill);

    protected override string What => $"{base.What}, bill {Bill}";
}
