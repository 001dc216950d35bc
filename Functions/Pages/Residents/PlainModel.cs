namespace Autopay.Pages.Residents;

/// <summary>What a public page needs that shows nothing of the books.</summary>
/// <param name="Phone">Where residents call; empty when the city has not said.</param>
public sealed record PlainModel(string City, PageWords Words, string Phone);
