using Autopay.Application.Finance;
using Autopay.Pages.Stops;
using Microsoft.AspNetCore.Http;

namespace Autopay.Pages.Protections;

/// <summary>A form of the protections page, or none.</summary>
public enum ProtectionForm
{
    None,
    Waiver,
    Shield,
    Notice,
    WithdrawWaiver,
    WithdrawShield,
    WithdrawNotice,
}

/// <summary>A waiver as a form has it so far.</summary>
public sealed record WaiverAsk(
    IReadOnlyList<CycleNumber> Cycles,
    DateOnly? DueFrom,
    DateOnly? DueTo,
    DateOnly? PenaltyFrom,
    DateOnly? PenaltyTo
)
{
    public bool IsWhole => DueFrom is not null && DueTo is not null && PenaltyFrom is not null && PenaltyTo is not null;

    public static WaiverAsk Of(IQueryCollection query) =>
        new(
            FormFields.Cycles(query),
            FormFields.Day(query, "dueFrom"),
            FormFields.Day(query, "dueTo"),
            FormFields.Day(query, "penaltyFrom"),
            FormFields.Day(query, "penaltyTo")
        );

    public PenaltyWaived ToChange() =>
        new("preview", DueFrom!.Value, DueTo!.Value, PenaltyFrom!.Value, PenaltyTo!.Value) { Cycles = Cycles };
}

/// <summary>What a waiver, or its end, would be about.</summary>
public sealed record WaiverLook(WaiverAsk Ask, PreviewOfWaiver? Preview, string? Refused, bool IsEnd = false);

/// <summary>What a shield, or its end, would be about.</summary>
public sealed record ShieldLook(PreviewOfShield? Preview, string? Refused, bool IsEnd = false);

/// <summary>What protects customers while debits wait, and the one form that is open.</summary>
/// <param name="Id">Of what the form is about to end; null else.</param>
public sealed record ProtectionsModel(
    Controls Controls,
    IReadOnlyList<CycleNumber> Cycles,
    IReadOnlyList<CycleName> Names,
    ProtectionForm Form,
    string? Id,
    WaiverLook? Waiver,
    ShieldLook? Shield
);
