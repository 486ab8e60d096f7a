import { defineConfig } from "prisma/config";

// `prisma generate` wants a schema engine that it never uses; migrations go through the WASM engine in src/store.
process.env.PRISMA_SCHEMA_ENGINE_BINARY ??= process.execPath;
process.env.CHECKPOINT_DISABLE ??= "1";

export default defineConfig({ schema: "prisma/schema.prisma" });
