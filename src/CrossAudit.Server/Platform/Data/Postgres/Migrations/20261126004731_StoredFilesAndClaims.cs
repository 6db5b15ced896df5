using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CrossAudit.Server.Platform.Data.Postgres.Migrations
{
    /// <inheritdoc />
    public partial class StoredFilesAndClaims : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "invitations",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "language",
                table: "fragments",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "blob_id",
                table: "document_versions",
                type: "uuid",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"));

            migrationBuilder.CreateTable(
                name: "data_keys",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    wrapped_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    master_key_id = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "discarded_blobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    location = table.Column<string>(type: "text", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_discarded_blobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_claims",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    route = table.Column<string>(type: "text", nullable: false),
                    key = table.Column<string>(type: "text", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    lease_ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempt = table.Column<int>(type: "integer", nullable: false),
                    fingerprint = table.Column<byte[]>(type: "bytea", nullable: true),
                    answer = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_claims", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "stored_blobs",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sha256 = table.Column<string>(type: "text", nullable: false),
                    size = table.Column<long>(type: "bigint", nullable: false),
                    location = table.Column<string>(type: "text", nullable: false),
                    key_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    stored_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reserved_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    verified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    damaged_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stored_blobs", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "idempotency_effects",
                columns: table => new
                {
                    claim_id = table.Column<Guid>(type: "uuid", nullable: false),
                    organization_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_idempotency_effects", x => x.claim_id);
                    table.ForeignKey(
                        name: "fk_idempotency_effects_idempotency_claims_claim_id",
                        column: x => x.claim_id,
                        principalTable: "idempotency_claims",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_outgoing_mails_created_at",
                table: "outgoing_mails",
                column: "created_at",
                filter: "failure IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_document_versions_blob_id",
                table: "document_versions",
                column: "blob_id");

            migrationBuilder.CreateIndex(
                name: "ix_data_keys_master_key_id",
                table: "data_keys",
                column: "master_key_id");

            migrationBuilder.CreateIndex(
                name: "ix_data_keys_organization_id",
                table: "data_keys",
                column: "organization_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_discarded_blobs_due_at",
                table: "discarded_blobs",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_discarded_blobs_organization_id",
                table: "discarded_blobs",
                column: "organization_id");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_claims_created_at",
                table: "idempotency_claims",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_idempotency_claims_organization_id_user_id_route_key",
                table: "idempotency_claims",
                columns: new[] { "organization_id", "user_id", "route", "key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_stored_blobs_due_at",
                table: "stored_blobs",
                column: "due_at",
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_stored_blobs_organization_id_sha256",
                table: "stored_blobs",
                columns: new[] { "organization_id", "sha256" },
                unique: true,
                filter: "stored_at IS NOT NULL");

            // What versions refer to already: one blob for the same bytes of an organization, where it has been kept until now. They come up for inspection spread
            // over a month.
            migrationBuilder.Sql(
                """
                INSERT INTO stored_blobs (id, organization_id, sha256, size, location, created_at, stored_at, reserved_until, due_at, attempts)
                SELECT DISTINCT ON (organization_id, content_hash) id, organization_id, content_hash, file_size,
                       organization_id || '/' || left(content_hash, 2) || '/' || content_hash,
                       created_at, created_at, created_at, now() + random() * interval '30 days', 0
                FROM document_versions ORDER BY organization_id, content_hash, created_at;
                UPDATE document_versions v SET blob_id = b.id FROM stored_blobs b WHERE b.organization_id = v.organization_id AND b.sha256 = v.content_hash;
                """);

            migrationBuilder.AddForeignKey(
                name: "fk_document_versions_stored_blob_blob_id",
                table: "document_versions",
                column: "blob_id",
                principalTable: "stored_blobs",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_document_versions_stored_blob_blob_id",
                table: "document_versions");

            migrationBuilder.DropTable(
                name: "data_keys");

            migrationBuilder.DropTable(
                name: "discarded_blobs");

            migrationBuilder.DropTable(
                name: "idempotency_effects");

            migrationBuilder.DropTable(
                name: "stored_blobs");

            migrationBuilder.DropTable(
                name: "idempotency_claims");

            migrationBuilder.DropIndex(
                name: "ix_outgoing_mails_created_at",
                table: "outgoing_mails");

            migrationBuilder.DropIndex(
                name: "ix_document_versions_blob_id",
                table: "document_versions");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "invitations");

            migrationBuilder.DropColumn(
                name: "language",
                table: "fragments");

            migrationBuilder.DropColumn(
                name: "blob_id",
                table: "document_versions");
        }
    }
}
