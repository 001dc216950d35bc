using System.ComponentModel.DataAnnotations;

namespace Autopay.Application.PublicStatus;

/// <summary>What a city says of itself to its residents.</summary>
public sealed record StatusOptions
{
    [Setting("where residents call, as they read it; empty shows none")]
    [StringLength(40)]
    public string Phone { get; init; } = "";

    [Setting(
        "most banks show money that is given back within this; residents who were charged twice read it",
        Unit = "business days"
    )]
    [Range(1, 60)]
    public int MoneyBackShownWithinDays { get; init; } = 10;

    [Setting(
        "residents who were charged twice read that they call about a fee of their bank: once finance and counsel have "
            + "agreed on it"
    )]
    public bool PaysBankFees { get; init; }
}
