using System.Text.Json;
using System.Text.Json.Serialization;
using Autopay.Application.Runs;

namespace Autopay.Storage.Runs;

/// <summary>How runs are kept.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(LongRun))]
internal sealed partial class RunJson : JsonSerializerContext;
