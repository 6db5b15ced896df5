using System.Text.Json;
using CrossAudit.Contracts.Chat;
using CrossAudit.Contracts.Serialization;

namespace CrossAudit.Client;

/// <summary>Reads the data of frames.</summary>
public static class ServerFrameData
{
    /// <summary>The frame's data: a <see cref="MessageView"/>, an <see cref="Acknowledgement"/> or a <see cref="FrameError"/>, depending on its type.</summary>
    /// <typeparam name="T">What a frame of this type carries.</typeparam>
    /// <exception cref="InvalidOperationException">The frame carries no data.</exception>
    public static T As<T>(this ServerFrame frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        return frame.Data is { } data && data.Deserialize<T>(CrossAuditJson.Options) is { } value
            ? value
            : throw new InvalidOperationException($"A {frame.Type} frame without data was read as {typeof(T).Name}.");
    }
}
