namespace Autopay.Domain.PublicStatus;

/// <summary>What residents of one cycle wait for.</summary>
public enum WhatNext
{
    Normal,

    /// <summary>Held: finance has not cleared the cycle yet (R7).</summary>
    AfterBacklogClears,

    /// <summary>Cleared: two people have not let the plan go yet (I25). A day is known once one of them asks.</summary>
    AfterRelease,

    /// <summary>What was held leaves now, or on a day that is known.</summary>
    BeingTaken,

    /// <summary>Merged into the next bill's debit (R8).</summary>
    WithNextBill,

    Halted,
}

/// <summary>
/// What everybody may know. There is nothing of an account, no count, no amount and no word that finance typed for
/// itself in it.
/// </summary>
/// <param name="IsHalted">Nothing is charged at all, whatever the reason.</param>
/// <param name="AsOf">When the controls were read, UTC.</param>
/// <param name="NextUpdateBy">UTC: the next banking day at ten in the morning.</param>
public sealed record CityStatus(
    bool IsHalted,
    IReadOnlyList<CycleStatus> Cycles,
    PublicNote? Note,
    ChargedTwice? ChargedTwice,
    DateTimeOffset AsOf,
    DateTimeOffset NextUpdateBy
);

/// <param name="Held">Whether a hold keeps automatic payments of the cycle back now.</param>
/// <param name="Windows">Due dates that a hold or merge is over.</param>
/// <param name="NextDate">The earliest civil day on which something held can leave, as soon as a second person is asked
/// to let it go; null while it is not known.</param>
/// <param name="ExpectedClearBy">By when finance means to clear the cycle; null when it did not say, or was wrong.
/// </param>
/// <param name="PenaltiesWaived">Due dates of bills that get no penalty.</param>
/// <param name="DisconnectsOff">From today on.</param>
public sealed record CycleStatus(
    CycleNumber Cycle,
    bool Held,
    IReadOnlyList<StatusWindow> Windows,
    WhatNext WhatNext,
    DateOnly? NextDate,
    DateOnly? ExpectedClearBy,
    IReadOnlyList<DueWindow> PenaltiesWaived,
    IReadOnlyList<DateOnly> DisconnectsOff
);

/// <summary>Both ends are included.</summary>
public sealed record StatusWindow(DeferralAction Action, DateOnly DueFrom, DateOnly DueTo);

/// <summary>Both ends are included.</summary>
public sealed record DueWindow(DateOnly DueFrom, DateOnly DueTo);
