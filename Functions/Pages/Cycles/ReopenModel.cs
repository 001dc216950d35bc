using Autopay.Domain.Previews;

namespace Autopay.Pages.Cycles;

/// <param name="Preview">Null where there is nothing to be opened again.</param>
public sealed record ReopenModel(int Cycle, string Name, string Area, bool IsCleared, ChangePreview? Preview);
