import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the development server finds the API. */
const api = 'http://127.0.0.1:8080';

export default defineConfig({
  plugins: [react()],
  server: { proxy: { '/api': api, '/sandbox': api } },
  build: {
    target: 'es2022',
    sourcemap: false,
    chunkSizeWarningLimit: 1600,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'chart', test: /node_modules[\\/](echarts|zrender)[\\/]/ },
            { name: 'widgets', test: /node_modules[\\/](antd|@ant-design|@rc-component|rc-)/ },
          ],
        },
      },
    },
  },
});
