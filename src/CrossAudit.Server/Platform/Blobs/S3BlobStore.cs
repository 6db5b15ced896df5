using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using CrossAudit.Server.Platform.Configuration;

namespace CrossAudit.Server.Platform.Blobs;

/// <summary>Blobs in S3 or MinIO: the full shape.</summary>
internal sealed class S3BlobStore : IBlobStore, IDisposable
{
    private readonly AmazonS3Client _s3;
    private readonly string _bucket;
    private volatile bool _bucketExists;

    public S3BlobStore(S3Settings settings)
    {
        _bucket = settings.Bucket;
        _s3 = new AmazonS3Client(new BasicAWSCredentials(settings.AccessKey, settings.SecretKey), new AmazonS3Config
        {
            ServiceURL = settings.Endpoint.ToString(),
            ForcePathStyle = true,
            Timeout = TimeSpan.FromSeconds(30),
            MaxErrorRetry = 2,
            // S3 look-alikes do not know the newer checksum headers.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        });
    }

    public Task StoreAsync(string location, string sourcePath, CancellationToken stop) => S3Failures.Reach(async () =>
    {
        await EnsureBucketAsync(stop);
        await _s3.PutObjectAsync(new PutObjectRequest { BucketName = _bucket, Key = location, FilePath = sourcePath, ContentType = "application/octet-stream", UseChunkEncoding = false }, stop);
        return true;
    });

    public Task<Stream> OpenAsync(string location, CancellationToken stop) => S3Failures.Reach(async () =>
    {
        try
        {
            // Asked once up front: a store that is away is a 503, not an answer that breaks off.
            var found = await _s3.GetObjectMetadataAsync(_bucket, location, stop);
            return (Stream)new S3ReadStream(_s3, _bucket, location, found.ContentLength);
        }
        // To this question the store answers without a body, and so without a code.
        catch (AmazonS3Exception answer) when (answer.StatusCode == HttpStatusCode.NotFound)
        {
            throw new BlobDamagedException(BlobDamagedException.Missing, answer);
        }
    });

    public Task DeleteAsync(string location, CancellationToken stop) => S3Failures.Reach(() => _s3.DeleteObjectAsync(_bucket, location, stop));

    public Task ProbeAsync(CancellationToken stop) => S3Failures.Reach(async () =>
    {
        _bucketExists = false;
        await EnsureBucketAsync(stop);
        return true;
    });

    public void Dispose() => _s3.Dispose();

    private async Task EnsureBucketAsync(CancellationToken stop)
    {
        if (_bucketExists)
            return;
        try
        {
            await _s3.HeadBucketAsync(new HeadBucketRequest { BucketName = _bucket }, stop);
        }
        catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound)
        {
            await _s3.PutBucketAsync(_bucket, stop);
        }
        _bucketExists = true;
    }
}
