using System.ComponentModel.DataAnnotations;

namespace Autopay.Application.Notifying;

/// <summary>What notices say of the city.</summary>
public sealed record NoticeOptions
{
    [Setting("the city's name as its customers know it; the subject of every notice begins with it")]
    [StringLength(60)]
    public string CityName { get; init; } = "City utilities";
}
